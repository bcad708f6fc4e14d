package io.taskhub.bench.load;

import java.util.Map;
import java.util.TreeMap;

/** Counts of what went wrong, by its words. Written by one thread. */
public final class Tally {
    private final Map<String, Long> counts = new TreeMap<>();

    public void add(String what, long times) {
        if (times > 0) {
            counts.merge(what, times, Long::sum);
        }
    }

    public void add(String what) {
        add(what, 1);
    }

    public void addAll(Map<String, Long> others) {
        others.forEach(this::add);
    }

    public Map<String, Long> counts() {
        return Map.copyOf(counts);
    }
}
