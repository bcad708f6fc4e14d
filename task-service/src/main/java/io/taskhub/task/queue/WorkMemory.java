package io.taskhub.task.queue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What is known of where work is, so that nobody asks in vain: a queue in which a profile found nothing is left out until
 * something is announced there, and a probe starts where the last one found its first task, not among the dead index entries
 * before it. All of it may be wrong for a second: then a probe from the beginning, or the {@link DueScan}, puts it right.
 */
final class WorkMemory {
    private static final long MARGIN_MS = 1000;
    private static final long FULL_PROBE_EVERY_NANOS = 1_000_000_000L;
    private static final int PROFILES = 1000;

    private final Map<String, AtomicLong> announced = new ConcurrentHashMap<>();
    private final Map<Profile, Map<String, Seen>> profiles = new ConcurrentHashMap<>();

    /** What one profile knows of one queue: the announcement it has emptied, and the low-water mark per priority. */
    private static final class Seen {
        private long emptied = -1;
        private long fullProbe;
        private final long[] floor = new long[Claims.PRIORITIES.length];
    }

    /** Work came in. */
    void announce(String queue) {
        announced.computeIfAbsent(queue, q -> new AtomicLong()).incrementAndGet();
    }

    /** How often work was announced; ask before probing, to say afterwards which announcement found nothing. */
    long announcement(String queue) {
        AtomicLong count = announced.get(queue);
        return count == null ? 0 : count.get();
    }

    List<String> promising(Profile profile, List<String> queues) {
        Map<String, Seen> known = known(profile);
        return queues.stream()
                .filter(profile::serves)
                .filter(q -> {
                    Seen seen = known.get(q);
                    return seen == null || seen.emptied != announcement(q);
                })
                .toList();
    }

    void foundEmpty(Profile profile, String queue, long announcement) {
        seen(profile, queue).emptied = announcement;
    }

    /** Where to start, per queue and priority; from the beginning at least once a second. */
    long[] floors(Profile profile, List<String> queues, long nanoTime) {
        int priorities = Claims.PRIORITIES.length;
        long[] floors = new long[queues.size() * priorities];
        for (int i = 0; i < queues.size(); i++) {
            Seen seen = seen(profile, queues.get(i));
            synchronized (seen) {
                if (seen.fullProbe == 0 || nanoTime - seen.fullProbe > FULL_PROBE_EVERY_NANOS) {
                    seen.fullProbe = nanoTime;
                } else {
                    System.arraycopy(seen.floor, 0, floors, i * priorities, priorities);
                }
            }
        }
        return floors;
    }

    /** The oldest task that a probe found was due at {@code runAt}. */
    void foundFirst(Profile profile, String queue, int priorityIndex, long runAt) {
        Seen seen = seen(profile, queue);
        synchronized (seen) {
            seen.floor[priorityIndex] = runAt - MARGIN_MS;
        }
    }

    private Seen seen(Profile profile, String queue) {
        return known(profile).computeIfAbsent(queue, q -> new Seen());
    }

    private Map<String, Seen> known(Profile profile) {
        if (profiles.size() > PROFILES) {
            profiles.clear();
        }
        return profiles.computeIfAbsent(profile, p -> new ConcurrentHashMap<>());
    }
}
