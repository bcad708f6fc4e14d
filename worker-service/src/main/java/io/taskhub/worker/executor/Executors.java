package io.taskhub.worker.executor;

import io.quarkus.arc.All;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which executor runs which type. A type that none of ours serves is one that a registered worker brought. */
@Singleton
public final class Executors {
    private final Map<String, Executor> byType = new HashMap<>();
    private final Executor others;

    @Inject
    public Executors(@All List<Executor> executors, RemoteExecutor others) {
        this(executors, (Executor) others);
    }

    /** These executors, and one for every type that none of them serves. */
    public Executors(List<Executor> executors, Executor others) {
        this.others = others;
        for (Executor executor : executors) {
            for (String type : executor.types()) {
                if (byType.put(type, executor) != null) {
                    throw new IllegalStateException("two executors of type " + type);
                }
            }
        }
    }

    /** Types that this process itself can run. */
    public Set<String> types() {
        return Set.copyOf(byType.keySet());
    }

    /** See {@link Executor#ownPlaces()}. */
    public int ownPlaces(String type) {
        return find(type).ownPlaces();
    }

    Executor find(String type) {
        return byType.getOrDefault(type, others);
    }
}
