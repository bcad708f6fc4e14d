package io.taskhub.realtime.join;

import io.taskhub.contracts.LogRecord;
import io.taskhub.contracts.TaskId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@link Join} for log lines. They are numbered per claim, and one subscription may see several claims and, by a logical id, several
 * tasks, so what was given out is remembered per claim. The history call carries the feed's offsets: its last page holds all that the
 * feed had read when it was asked for, and what came live since follows it. Not thread-safe.
 */
public final class LogJoin {
    private record Run(TaskId task, int claim) {}

    private final Map<Run, Integer> given = new HashMap<>();
    private final List<LogRecord> ahead = new ArrayList<>();
    private final long notBefore;
    private long cursor;
    private boolean wanted;
    private boolean reading;
    /** Lowest seq of a live line that was let go because too many waited. */
    private @Nullable Long letGo;

    private LogJoin(long cursor, boolean wanted, long notBefore) {
        this.cursor = cursor;
        this.wanted = wanted;
        this.notBefore = notBefore;
    }

    /** Gives out everything stored from {@code seq} on, then what comes live. */
    public static LogJoin from(long seq) {
        return new LogJoin(seq, true, Long.MIN_VALUE);
    }

    /** Live only. When a gap is closed from history, lines older than {@code now} (epoch ms) stay out. */
    public static LogJoin live(long now) {
        return new LogJoin(0, false, now);
    }

    /** Where the next history call begins. */
    public long cursor() {
        return cursor;
    }

    /** True once when history is to be read from {@link #cursor()}. */
    public boolean startsReading() {
        if (!wanted || reading) {
            return false;
        }
        wanted = false;
        reading = true;
        return true;
    }

    public void readFailed() {
        reading = false;
        wanted = true;
    }

    /** The feed may have missed something: everything is compared with history again. */
    public void recheck() {
        cursor = 0;
        wanted = true;
    }

    /** One line of the live feed. Returns what is to be given out now. */
    public List<LogRecord> live(LogRecord line) {
        Integer last = given.get(run(line));
        if (last != null && line.n() <= last) {
            return List.of();
        }
        if (wanted || reading) {
            keep(line);
            return List.of();
        }
        if (last == null || line.n() == last + 1) {
            given.put(run(line), line.n());
            return List.of(line);
        }
        cursor = LogRecord.seq(line.claim(), last + 1);
        wanted = true;
        keep(line);
        return List.of();
    }

    private void keep(LogRecord line) {
        if (ahead.size() >= Join.MAX_AHEAD) {
            ahead.forEach(this::letGo);
            ahead.clear();
        }
        ahead.add(line);
    }

    private void letGo(LogRecord line) {
        letGo = letGo == null ? line.seq() : Math.min(letGo, line.seq());
    }

    /** What history had from {@link #cursor()} on, ascending, and whether it has more. Returns what is to be given out now. */
    public List<LogRecord> page(List<LogRecord> lines, boolean more) {
        reading = false;
        List<LogRecord> out = new ArrayList<>();
        for (LogRecord line : lines) {
            if (given.containsKey(run(line)) || line.ts_ms() >= notBefore) {
                give(line, out);
            }
        }
        if (more) {
            long end = lines.isEmpty() ? cursor : lines.getLast().seq();
            cursor = Math.max(cursor + 1, end);
            wanted = true;
            return out;
        }
        if (letGo != null) {
            cursor = letGo;
            letGo = null;
            wanted = true;
            return out;
        }
        ahead.forEach(line -> give(line, out));
        ahead.clear();
        return out;
    }

    private void give(LogRecord line, List<LogRecord> out) {
        Integer last = given.get(run(line));
        if (last == null || line.n() > last) {
            given.put(run(line), line.n());
            out.add(line);
        }
    }

    private static Run run(LogRecord line) {
        return new Run(line.task(), line.claim());
    }
}
