package io.taskhub.realtime.feed;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Who wants what of one topic. Interest is counted across all event loops, so that the feed can skip a record by its key; the
 * listeners themselves are entered per loop and only touched there.
 *
 * @param <T> an event or a log line
 */
public final class Channel<T> {
    /** The key of those who want everything. */
    public static final String ALL = "*";

    private static final int UUID_LENGTH = 36;

    private final Map<String, Integer> interest = new ConcurrentHashMap<>();
    private final AtomicInteger names = new AtomicInteger();
    private final Map<Lane, Map<String, List<Listener<T>>>> boards = new ConcurrentHashMap<>();

    /** Enters a listener. On the lane's loop. What the feed judges from now on reaches it. */
    public void enter(Lane lane, Set<String> keys, Listener<T> listener) {
        Map<String, List<Listener<T>>> board = boards.computeIfAbsent(lane, l -> new HashMap<>());
        for (String key : keys) {
            board.computeIfAbsent(key, k -> new ArrayList<>()).add(listener);
            interest.merge(key, 1, Integer::sum);
            if (isName(key)) {
                names.incrementAndGet();
            }
        }
    }

    /** Undoes {@link #enter} with the same keys. On the lane's loop. */
    public void leave(Lane lane, Set<String> keys, Listener<T> listener) {
        Map<String, List<Listener<T>>> board = boards.getOrDefault(lane, Map.of());
        for (String key : keys) {
            List<Listener<T>> entered = board.get(key);
            if (entered == null || !entered.remove(listener)) {
                continue;
            }
            if (entered.isEmpty()) {
                board.remove(key);
            }
            interest.computeIfPresent(key, (k, n) -> n == 1 ? null : n - 1);
            if (isName(key)) {
                names.decrementAndGet();
            }
        }
    }

    /** Whether somebody listens under this key. Any thread. */
    boolean wants(String key) {
        return interest.containsKey(key);
    }

    /** Whether somebody listens under a name that a record's key does not tell, so that it must be decoded to know. */
    boolean wantsNames() {
        return names.get() > 0;
    }

    /** Tells this lane's listeners under any of the keys. On the lane's loop. */
    void deliver(Lane lane, Collection<String> keys, Published<T> item) {
        Map<String, List<Listener<T>>> board = boards.get(lane);
        if (board == null) {
            return;
        }
        for (String key : keys) {
            // a copy: a listener may leave while it is told
            List<Listener<T>> entered = board.get(key);
            if (entered != null) {
                List.copyOf(entered).forEach(listener -> listener.take(item));
            }
        }
    }

    /** On the lane's loop. */
    void tellJump(Lane lane) {
        Set<Listener<T>> all = new LinkedHashSet<>();
        boards.getOrDefault(lane, Map.of()).values().forEach(all::addAll);
        all.forEach(Listener::feedJumped);
    }

    private static boolean isName(String key) {
        return key.length() != UUID_LENGTH && !key.equals(ALL);
    }
}
