package io.taskhub.bench.cpu;

import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the CPU of every process that the suite lists in {@code DATA/pids}, each with its children: a database is a
 * postmaster and its backends, a worker the shells it ran. Linux only; the kernel's tick is 10 ms, so phases last seconds.
 */
public final class CpuMeter {
    static final long MICROS_PER_TICK = 10_000;

    private final Path proc;
    private final Path pids;
    private final long self;

    public CpuMeter(Path pids) {
        this(Path.of("/proc"), pids, ProcessHandle.current().pid());
    }

    CpuMeter(Path proc, Path pids, long self) {
        this.proc = proc;
        this.pids = pids;
        this.self = self;
    }

    /** Whom it watches, in words. */
    public String watched() {
        return SuiteProcess.listed(processes());
    }

    private List<SuiteProcess> processes() {
        try {
            return SuiteProcess.parse(Files.readAllLines(pids));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot read " + pids + ": is this the data directory of a running suite?", e);
        }
    }

    public CpuReading read() {
        List<SuiteProcess> listed = processes();
        ProcessTable table = ProcessTable.read(proc);
        Set<Long> apart = listed.stream().map(SuiteProcess::pid).collect(toSet());
        apart.add(self);
        Map<SuiteProcess, Long> micros = new HashMap<>();
        for (SuiteProcess process : listed) {
            if (table.has(process.pid())) {
                micros.put(process, table.ticksOfTree(process.pid(), apart) * MICROS_PER_TICK);
            }
        }
        return new CpuReading(micros, table.ticksOfTree(self, apart) * MICROS_PER_TICK, MachineTime.read(proc));
    }
}
