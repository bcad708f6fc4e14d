package io.taskhub.bench.scenario;

import io.taskhub.bench.cpu.CpuReading;
import io.taskhub.bench.cpu.CpuUse;
import io.taskhub.bench.load.Latencies;
import io.taskhub.bench.load.QueueStats;
import io.taskhub.bench.load.Steering;
import io.taskhub.bench.load.Tally;
import io.taskhub.bench.report.Run;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One run of a scenario while it goes on: a queue that nobody used before, what went wrong, the CPU of what is measured. */
final class Trial {
    private static final Duration LONGEST_DRAIN = Duration.ofMinutes(2);

    private final Stage stage;
    private final String queue;
    private final Tally wrong = new Tally();
    private @Nullable CpuUse cpu;

    Trial(Stage stage, String scenario) {
        this.stage = stage;
        this.queue = stage.newQueue(scenario);
    }

    /** What is measured, or a part of it. */
    interface Phase<T> {
        T run() throws InterruptedException;
    }

    String queue() {
        return queue;
    }

    Tally wrong() {
        return wrong;
    }

    /** The phase whose CPU counts; once in a trial. */
    <T> T measure(Phase<T> phase) throws InterruptedException {
        CpuReading before = stage.cpu().read();
        T result = phase.run();
        cpu = before.until(stage.cpu().read());
        return result;
    }

    /** Of the suite, in the measured phase. */
    long cpuMicros() {
        return used().suite();
    }

    /** Lets the workers end all of the queue; what does not end, or ends badly, went wrong. */
    void drain(long tasks) throws InterruptedException {
        List<Steering.Sight> sights = stage.steering().watchUntilEnded(queue, tasks, LONGEST_DRAIN);
        judge(sights.getLast().stats(), tasks, wrong);
    }

    /** Adds to {@code wrong} what of {@code tasks} is not completed. */
    static void judge(QueueStats last, long tasks, Tally wrong) {
        wrong.add("tasks archived", last.archived());
        wrong.add("tasks not ended", tasks - last.ended());
        wrong.add("tasks too many", last.ended() - tasks);
    }

    /** After the measured phase, as {@link Run} has it. */
    Run result(double headline, @Nullable Latencies latencies, long units, String... notes) {
        return new Run(headline, latencies, units, used(), wrong.counts(), List.of(notes));
    }

    private CpuUse used() {
        return Objects.requireNonNull(cpu, "nothing was measured");
    }
}
