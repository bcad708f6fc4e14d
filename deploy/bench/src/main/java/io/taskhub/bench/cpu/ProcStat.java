package io.taskhub.bench.cpu;

import java.util.List;

/**
 * One line of {@code /proc/PID/stat}: whose child a process is and the CPU it used.
 *
 * @param ownTicks user and system time of the process's own threads, in clock ticks (100 a second)
 * @param reapedTicks the same of its ended children that it has waited for, and of theirs
 */
record ProcStat(long pid, long parent, long ownTicks, long reapedTicks) {
    private static final int PARENT = 1;
    private static final int USER = 11;
    private static final int SYSTEM = 12;
    private static final int REAPED_USER = 13;
    private static final int REAPED_SYSTEM = 14;

    /** @throws IllegalArgumentException when it is no such line */
    static ProcStat parse(String line) {
        // The second field is the command in parentheses and may itself hold spaces and parentheses.
        int open = line.indexOf('(');
        int close = line.lastIndexOf(')');
        if (open < 0 || close < open) {
            throw new IllegalArgumentException("not a /proc stat line: " + line);
        }
        List<String> rest = List.of(line.substring(close + 1).strip().split(" +"));
        if (rest.size() <= REAPED_SYSTEM) {
            throw new IllegalArgumentException("a /proc stat line cut short: " + line);
        }
        return new ProcStat(
                Long.parseLong(line.substring(0, open).strip()),
                Long.parseLong(rest.get(PARENT)),
                Long.parseLong(rest.get(USER)) + Long.parseLong(rest.get(SYSTEM)),
                Long.parseLong(rest.get(REAPED_USER)) + Long.parseLong(rest.get(REAPED_SYSTEM)));
    }

    long ticks() {
        return ownTicks + reapedTicks;
    }
}
