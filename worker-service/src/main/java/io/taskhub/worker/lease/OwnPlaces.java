package io.taskhub.worker.lease;

import io.taskhub.worker.executor.Executors;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Runs held of the types that have places beside the worker's concurrency. One answer may bring more than there are places for; nothing
 * of the type is asked for until enough of them have gone.
 */
@Singleton
public final class OwnPlaces {
    private final Executors executors;
    private final ConcurrentMap<String, Integer> held = new ConcurrentHashMap<>();

    @Inject
    public OwnPlaces(Executors executors) {
        this.executors = executors;
    }

    boolean has(String type) {
        return executors.ownPlaces(type) > 0;
    }

    void took(String type) {
        held.merge(type, 1, Integer::sum);
    }

    void gave(String type) {
        held.computeIfPresent(type, (t, runs) -> runs == 1 ? null : runs - 1);
    }

    boolean isFull(String type) {
        Integer runs = held.get(type);
        return runs != null && runs >= executors.ownPlaces(type);
    }
}
