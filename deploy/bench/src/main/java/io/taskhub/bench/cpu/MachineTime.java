package io.taskhub.bench.cpu;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The first line of {@code /proc/stat}: what all cores together did since the machine started, in microseconds.
 *
 * @param busy anything but waiting, time stolen by a hypervisor included
 * @param whole busy or not
 */
public record MachineTime(long busy, long whole) {
    private static final int IDLE = 3;
    private static final int WAITING = 4;

    /** Guest time, in the fields after these, is in the first two already. */
    private static final int FIELDS = 8;

    static MachineTime read(Path proc) {
        try (Stream<String> lines = Files.lines(proc.resolve("stat"))) {
            return parse(lines.findFirst().orElse(""));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the machine's CPU time", e);
        }
    }

    /** @throws IllegalArgumentException when it is no such line */
    static MachineTime parse(String line) {
        if (!line.startsWith("cpu ")) {
            throw new IllegalArgumentException("not the first line of /proc/stat: " + line);
        }
        long[] ticks = Stream.of(line.substring("cpu ".length()).strip().split(" +"))
                .limit(FIELDS)
                .mapToLong(Long::parseLong)
                .toArray();
        long whole = LongStream.of(ticks).sum();
        long busy = whole - ticks[IDLE] - ticks[WAITING];
        return new MachineTime(busy * CpuMeter.MICROS_PER_TICK, whole * CpuMeter.MICROS_PER_TICK);
    }
}
