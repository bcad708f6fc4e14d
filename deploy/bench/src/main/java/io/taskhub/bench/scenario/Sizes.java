package io.taskhub.bench.scenario;

import java.time.Duration;

/**
 * How long and how much: every load is bounded by both.
 *
 * @param creating how long single and batch creates are measured
 * @param mostCreates an end to that by count
 * @param drain tasks of one drain
 * @param steady how long the open-loop and sustained loads last
 * @param idle how long nothing is done
 * @param subscribers WebSocket sessions of the fan-out
 * @param lines that its task prints, about 100 a second
 * @param warmUpRounds of 5 s at most, before anything is measured
 */
public record Sizes(
        Duration creating,
        int mostCreates,
        int drain,
        Duration steady,
        Duration idle,
        int subscribers,
        int lines,
        int warmUpRounds) {
    public static final Sizes FULL = new Sizes(
            Duration.ofSeconds(5), 100_000, 50_000, Duration.ofSeconds(20), Duration.ofSeconds(15), 1_000, 1_000, 24);

    public static final Sizes QUICK =
            new Sizes(Duration.ofSeconds(2), 30_000, 10_000, Duration.ofSeconds(5), Duration.ofSeconds(5), 200, 300, 4);
}
