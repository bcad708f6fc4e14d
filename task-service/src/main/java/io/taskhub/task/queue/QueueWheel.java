package io.taskhub.task.queue;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Divides a batch among queues by weight (decisions §4), smoothly: each pick goes to the queue whose credit is highest, so a heavy
 * queue gets more and a light one still gets its turn. No clock, no database.
 */
final class QueueWheel {
    private static final Map<String, Integer> WEIGHTS = Map.of("critical", 10, "high", 5, "default", 3, "low", 1);
    private static final int OTHER = 1;
    private static final int REMEMBERED = 10_000;

    private final Map<String, Integer> credit = new HashMap<>();

    static int weight(String queue) {
        return WEIGHTS.getOrDefault(queue, OTHER);
    }

    /** How many of {@code max} each queue may give, only those with a share, the most deserving first. */
    synchronized Map<String, Integer> shares(List<String> queues, int max) {
        Map<String, Integer> shares = new LinkedHashMap<>();
        if (queues.size() == 1) {
            shares.put(queues.getFirst(), max);
            return shares;
        }
        if (credit.size() > REMEMBERED) {
            credit.clear();
        }
        int total = queues.stream().mapToInt(QueueWheel::weight).sum();
        for (int i = 0; i < max && !queues.isEmpty(); i++) {
            String best = queues.getFirst();
            int highest = Integer.MIN_VALUE;
            for (String queue : queues) {
                int now = credit.merge(queue, weight(queue), Integer::sum);
                if (now > highest) {
                    highest = now;
                    best = queue;
                }
            }
            credit.merge(best, -total, Integer::sum);
            shares.merge(best, 1, Integer::sum);
        }
        return shares;
    }
}
