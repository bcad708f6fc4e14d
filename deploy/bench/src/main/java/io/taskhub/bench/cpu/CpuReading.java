package io.taskhub.bench.cpu;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much CPU each process had used at one moment, in microseconds since it started.
 *
 * @param suite the services, the database and the broker
 * @param generator the load generator itself
 * @param machine all that runs here, theirs included
 */
public record CpuReading(Map<SuiteProcess, Long> suite, long generator, MachineTime machine) {

    /** What was used from this reading to a later one. A process that is new in the later one counts from zero. */
    public CpuUse until(CpuReading later) {
        Map<String, Long> byName = new TreeMap<>();
        List<String> changes = new ArrayList<>();
        later.suite.forEach((process, micros) -> {
            Long before = suite.get(process);
            if (before == null) {
                changes.add(process + " started");
            }
            byName.merge(process.name(), micros - (before == null ? 0 : before), Long::sum);
        });
        for (SuiteProcess process : suite.keySet()) {
            if (!later.suite.containsKey(process)) {
                changes.add(process + " ended, its CPU is not counted");
            }
        }
        long own = later.generator - generator;
        long busy = later.machine.busy() - machine.busy();
        long theirs = byName.values().stream().mapToLong(Long::longValue).sum() + own;
        double whole = Math.max(1, later.machine.whole() - machine.whole());
        return new CpuUse(byName, own, Math.max(0, busy - theirs) / whole, changes);
    }
}
