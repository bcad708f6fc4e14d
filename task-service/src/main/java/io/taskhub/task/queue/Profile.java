package io.taskhub.task.queue;

import io.taskhub.contracts.Lease;
import java.util.List;
import java.util.TreeSet;

/** What a claim request can take: two requests with the same profile see the same work. {@code queues} empty = all. */
record Profile(List<String> queues, List<String> types, List<String> labels) {

    static Profile of(Lease.ClaimRequest request) {
        return new Profile(sorted(request.queues()), sorted(request.types()), sorted(request.labels()));
    }

    boolean serves(String queue) {
        return queues.isEmpty() || queues.contains(queue);
    }

    private static List<String> sorted(List<String> values) {
        return List.copyOf(new TreeSet<>(values));
    }
}
