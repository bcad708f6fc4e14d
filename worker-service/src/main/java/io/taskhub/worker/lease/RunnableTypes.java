package io.taskhub.worker.lease;

import io.taskhub.worker.executor.Executors;
import io.taskhub.worker.registry.LiveTypes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The types that this process asks for: its own executors', and those that live registered workers brought, without those whose places are full. */
@Singleton
public final class RunnableTypes {
    private final Set<String> own;
    private final Supplier<Set<String>> brought;
    private final Predicate<String> full;

    @Inject
    public RunnableTypes(Executors executors, LiveTypes brought, OwnPlaces places) {
        this(executors.types(), brought::current, places::isFull);
    }

    RunnableTypes(Set<String> own, Supplier<Set<String>> brought, Predicate<String> full) {
        this.own = own;
        this.brought = brought;
        this.full = full;
    }

    List<String> current() {
        Set<String> all = new TreeSet<>(own);
        all.addAll(brought.get());
        all.removeIf(full);
        return List.copyOf(all);
    }
}
