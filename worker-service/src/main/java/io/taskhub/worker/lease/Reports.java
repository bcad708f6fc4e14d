package io.taskhub.worker.lease;

import io.taskhub.contracts.Lease;
import io.taskhub.contracts.Report;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Carries reports to task-service. What waits when a request goes out goes with it, no timer: under load the batches grow by
 * themselves. Two senders; a batch is repeated until it is answered, which is safe because reports are idempotent.
 */
@Singleton
public final class Reports {
    private static final Logger LOG = Logger.getLogger(Reports.class);
    private static final int SENDERS = 2;
    private static final long FIRST_PAUSE_MS = 50;
    private static final long LONGEST_PAUSE_MS = 3_000;

    private final LeaseApi api;
    private final Session session;
    private final ReportQueue queue = new ReportQueue();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final List<Thread> senders = new ArrayList<>();

    @Inject
    public Reports(LeaseClient api, Session session) {
        this((LeaseApi) api, session);
    }

    Reports(LeaseApi api, Session session) {
        this.api = api;
        this.session = session;
    }

    public synchronized void start() {
        for (int i = senders.size(); i < SENDERS; i++) {
            senders.add(Thread.ofVirtual().name("report-sender-" + i).start(this::carry));
        }
    }

    /** Something on the way. */
    void add(LeasedRun run, Report report) {
        queue.put(new ReportQueue.Entry(run, report, () -> {}));
    }

    /** The result. {@code answered} runs when task-service has it, or when nobody wants it any more. */
    void addLast(LeasedRun run, Report.Result result, Runnable answered) {
        queue.put(new ReportQueue.Entry(run, result, answered));
    }

    /** Requests that were answered. */
    public long requests() {
        return requests.get();
    }

    /** Reports in those. */
    public long sent() {
        return sent.get();
    }

    /** Reports that task-service refused: stale claims, deleted tasks. */
    public long refused() {
        return refused.get();
    }

    /** Waiting or under way. */
    public int waiting() {
        return queue.size();
    }

    private void carry() {
        try {
            while (true) {
                List<ReportQueue.Entry> batch = queue.take();
                try {
                    deliver(batch);
                } finally {
                    queue.done(batch);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void deliver(List<ReportQueue.Entry> batch) throws InterruptedException {
        Backoff backoff = new Backoff(FIRST_PAUSE_MS, LONGEST_PAUSE_MS);
        List<ReportQueue.Entry> wanted = wanted(batch);
        while (!wanted.isEmpty()) {
            try {
                List<Report> reports =
                        wanted.stream().map(ReportQueue.Entry::report).toList();
                Lease.ReportReply reply = api.report(new Lease.ReportBatch(session.id(), reports));
                requests.incrementAndGet();
                sent.addAndGet(reports.size());
                refused.addAndGet(reply.refused().size());
                wanted.forEach(entry -> entry.answered().run());
                return;
            } catch (LeaseApi.RefusedException e) {
                split(wanted, e);
                return;
            } catch (IOException e) {
                LOG.debugf("reports wait: %s", e.getMessage());
                backoff.pause();
                wanted = wanted(wanted);
            }
        }
    }

    /** A batch that cannot be accepted as it is: the report that spoils it must not hold up the others. */
    private void split(List<ReportQueue.Entry> batch, LeaseApi.RefusedException refusal) throws InterruptedException {
        if (batch.size() > 1) {
            int half = batch.size() / 2;
            deliver(batch.subList(0, half));
            deliver(batch.subList(half, batch.size()));
            return;
        }
        ReportQueue.Entry entry = batch.getFirst();
        LOG.errorf("a report of task %s is dropped: %s", entry.report().task(), refusal.getMessage());
        refused.incrementAndGet();
        entry.answered().run();
    }

    private static List<ReportQueue.Entry> wanted(List<ReportQueue.Entry> batch) {
        List<ReportQueue.Entry> wanted = new ArrayList<>(batch.size());
        for (ReportQueue.Entry entry : batch) {
            if (entry.run().lost()) {
                entry.answered().run();
            } else {
                wanted.add(entry);
            }
        }
        return wanted;
    }

    @PreDestroy
    public synchronized void close() {
        senders.forEach(Thread::interrupt);
        senders.clear();
    }
}
