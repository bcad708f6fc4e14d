package io.taskhub.realtime.socket;

import io.taskhub.contracts.DagEvent;
import io.taskhub.realtime.feed.Lane;
import io.taskhub.realtime.feed.Listener;
import io.taskhub.realtime.feed.Published;
import io.taskhub.realtime.history.NoSuchTaskException;
import io.taskhub.realtime.join.NodeJoin;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Events of a DAG's nodes under one logical id, as dag-service publishes them. Without a run a replay is the newest run's; what comes
 * live is every run's.
 */
final class NodeSubscription implements Subscription, Listener<DagEvent> {
    private static final int PAGE = 200;
    private static final long RETRY_MS = 1_000;

    private final Command.Target target;
    private final Lane lane;
    private final Sources sources;
    private final Reader reader;
    private final NodeJoin join;
    private final Receipts receipts;
    private boolean ended;

    NodeSubscription(Command.Subscribe command, Lane lane, Sources sources, Reader reader, long nowMs) {
        this.target = command.target();
        this.lane = lane;
        this.sources = sources;
        this.reader = reader;
        this.receipts = new Receipts(reader.ledger(), Topic.TASK_EVENTS);
        Long from = command.from();
        this.join = from == null
                ? NodeJoin.live(target.run(), nowMs)
                : NodeJoin.after(target.run(), Math.clamp(from - 1, 0, Integer.MAX_VALUE));
    }

    @Override
    public void begin() {
        sources.channels().nodes().enter(lane, Set.of(target.task()), this);
        pump();
    }

    @Override
    public void end() {
        ended = true;
        receipts.close();
        sources.channels().nodes().leave(lane, Set.of(target.task()), this);
    }

    @Override
    public void take(Published<DagEvent> item) {
        if (target.run() == null || target.run().equals(item.value().run_id())) {
            push(join.live(item.value()), item);
            pump();
        }
    }

    @Override
    public void feedJumped() {
        join.recheck();
        pump();
    }

    @Override
    public void pump() {
        if (ended || !reader.hasRoom()) {
            return;
        }
        NodeJoin.Read next = join.startsReading();
        if (next != null) {
            sources.runs().node(next.run(), target.task(), next.after(), PAGE).onComplete(this::stored, this::failed);
        }
    }

    private void stored(DagEvent.Page page) {
        push(join.page(page), null);
        pump();
    }

    private void failed(Throwable failure) {
        if (failure instanceof NoSuchTaskException) {
            // a plain task's id, or a run that is yet to come: what comes live is all there is
            push(join.absent(), null);
            pump();
            return;
        }
        lane.after(RETRY_MS, () -> {
            join.readFailed();
            pump();
        });
    }

    private void push(List<DagEvent> events, @Nullable Published<DagEvent> item) {
        for (DagEvent event : events) {
            if (!ended && receipts.note(event.run_id(), 0, event.seq())) {
                Published<DagEvent> shared = item != null && item.value().equals(event) ? item : new Published<>(event);
                reader.push(shared, target.task(), sources.wording()::node);
            }
        }
    }
}
