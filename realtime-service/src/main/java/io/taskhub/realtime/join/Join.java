package io.taskhub.realtime.join;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * Puts one task's numbered events in order, each exactly once, out of a live feed that may skip or repeat and a history that is
 * complete but behind. Sequence numbers count from 1 without gaps. Not thread-safe.
 *
 * <p>The owner calls {@link #startsReading()} after every other call; when it says true, the owner reads the history above
 * {@link #last()} and answers by {@link #page} or {@link #readFailed()}.
 *
 * @param <T> an event
 */
public final class Join<T> {
    /** Live events kept while history is read. Beyond it they are let go and read from history again. */
    public static final int MAX_AHEAD = 512;

    private static final int UNKNOWN = -1;

    private final ToIntFunction<T> seq;
    private final TreeMap<Integer, T> ahead = new TreeMap<>();
    private int last;
    private boolean wanted;
    private boolean reading;
    /** The highest live event that was let go or is waiting: history must reach it. */
    private int seen;
    /** {@link #seen} when the read under way began: what the store must have, if it ever will. */
    private int seenAtStart;

    private Join(ToIntFunction<T> seq, int last, boolean wanted) {
        this.seq = seq;
        this.last = last;
        this.wanted = wanted;
    }

    /** Gives out everything above {@code last}, history first. */
    public static <T> Join<T> after(int last, ToIntFunction<T> seq) {
        return new Join<>(seq, last, true);
    }

    /** Begins with whatever comes live first; history is only read to close gaps. */
    public static <T> Join<T> live(ToIntFunction<T> seq) {
        return new Join<>(seq, UNKNOWN, false);
    }

    /** Everything up to here was given out; −1 while nothing was. */
    public int last() {
        return last;
    }

    public boolean hasPosition() {
        return last != UNKNOWN;
    }

    /** Nothing is under way: all that is known was given out. */
    public boolean isSettled() {
        return !wanted && !reading;
    }

    /** Continues after {@code position}, whatever was given out. Unless a read is under way, history is read. */
    public void restartAfter(int position) {
        last = position;
        wanted = !reading;
        ahead.headMap(position, true).clear();
    }

    /** The feed may have missed something: history is read again. */
    public void recheck() {
        wanted = wanted || hasPosition();
    }

    /** One event of the live feed. Returns what is to be given out now. */
    public List<T> live(T event) {
        int n = seq.applyAsInt(event);
        if (last != UNKNOWN && n <= last) {
            return List.of();
        }
        if (isSettled() && (last == UNKNOWN || n == last + 1)) {
            last = n;
            return List.of(event);
        }
        if (ahead.size() >= MAX_AHEAD) {
            ahead.clear();
        }
        ahead.put(n, event);
        seen = Math.max(seen, n);
        wanted = wanted || !reading;
        return List.of();
    }

    /** True once when history is to be read above {@link #last()}. */
    public boolean startsReading() {
        if (!wanted || reading) {
            return false;
        }
        wanted = false;
        reading = true;
        seenAtStart = seen;
        return true;
    }

    /** The read gave nothing; {@link #startsReading()} will ask again. */
    public void readFailed() {
        reading = false;
        wanted = true;
    }

    /** What history had above {@link #last()}, ascending, and whether it has more. Returns what is to be given out now. */
    public List<T> page(List<T> events, boolean more) {
        reading = false;
        List<T> out = new ArrayList<>();
        for (T event : events) {
            if (seq.applyAsInt(event) > last) {
                give(event, out);
            }
        }
        if (more) {
            wanted = true;
            return out;
        }
        takeWhatFollows(out);
        if (seen > last) {
            if (out.isEmpty() && seenAtStart > last) {
                skipWhatTheStoreLacks(out);
            }
            wanted = wanted || seen > last;
        }
        return out;
    }

    private void takeWhatFollows(List<T> out) {
        ahead.headMap(last, true).clear();
        T next;
        while ((next = ahead.remove(last + 1)) != null) {
            give(next, out);
        }
    }

    /** The store was asked after these had come live and does not have what is before them: it never will. */
    private void skipWhatTheStoreLacks(List<T> out) {
        Map.Entry<Integer, T> first = ahead.pollFirstEntry();
        if (first == null) {
            last = seenAtStart;
        } else {
            give(first.getValue(), out);
        }
        takeWhatFollows(out);
    }

    private void give(T event, List<T> out) {
        last = seq.applyAsInt(event);
        out.add(event);
    }
}
