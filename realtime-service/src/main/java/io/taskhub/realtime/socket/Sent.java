package io.taskhub.realtime.socket;

import java.util.Map;
import java.util.TreeMap;

/** Which numbers of one stream of records were sent: mostly one range that grows. One event loop only. */
final class Sent {
    /** First to last. */
    private final TreeMap<Integer, Integer> ranges = new TreeMap<>();

    /** Adds a number; false when it was there. */
    boolean add(int n) {
        Map.Entry<Integer, Integer> below = ranges.floorEntry(n);
        if (below != null && n <= below.getValue()) {
            return false;
        }
        Integer end = ranges.remove(n + 1);
        int last = end == null ? n : end;
        int first = below != null && below.getValue() == n - 1 ? below.getKey() : n;
        ranges.put(first, last);
        return true;
    }

    void clear() {
        ranges.clear();
    }

    /** How many ranges it keeps. */
    int size() {
        return ranges.size();
    }
}
