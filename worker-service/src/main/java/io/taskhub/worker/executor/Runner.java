package io.taskhub.worker.executor;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Runs an execution on the calling thread, enforces its timeout, and puts every way to end into one {@link Ended}. */
@Singleton
public final class Runner {
    private static final Logger LOG = Logger.getLogger(Runner.class);

    private final Executors executors;
    private final ScheduledThreadPoolExecutor deadlines;

    @Inject
    public Runner(Executors executors) {
        this.executors = executors;
        this.deadlines = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("deadlines").factory());
        deadlines.setRemoveOnCancelPolicy(true);
    }

    /** Never throws: what went wrong is in the answer. */
    public Ended run(Execution run) {
        Work work = run.work();
        Executor executor = executors.find(work.type());
        Future<?> deadline = null;
        try {
            run.begin();
            if (work.timeoutMs() > 0) {
                deadline = deadlines.schedule(
                        () -> run.stop(Execution.Stop.TIMED_OUT), work.timeoutMs(), TimeUnit.MILLISECONDS);
            }
            return executor.execute(run, Payload.of(work.payload()));
        } catch (InvalidPayloadException e) {
            return Ended.hopeless(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            return ended(run, e);
        } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError e) {
            return ended(run, e);
        } finally {
            run.end();
            if (deadline != null) {
                deadline.cancel(false);
            }
        }
    }

    private static Ended ended(Execution run, Throwable thrown) {
        Execution.Stop reason = run.stopped();
        if (reason != null) {
            return Ended.stopped(reason, run.work().timeoutMs());
        }
        LOG.warnf(thrown, "executor of type %s broke", run.work().type());
        return Ended.failed(1, describe(thrown));
    }

    static String describe(Throwable thrown) {
        @Nullable String message = thrown.getMessage();
        return message == null || message.isBlank() ? thrown.getClass().getSimpleName() : message;
    }

    @PreDestroy
    public void close() {
        deadlines.shutdownNow();
    }
}
