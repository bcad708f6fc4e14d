package io.taskhub.task.api.v1;

import io.taskhub.task.Tasks;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.function.Predicate;

/** Which task types can be created: the built-in ones and those that live workers have announced (decisions §4). */
@Singleton
public class TaskTypes implements Predicate<String> {
    private static final Set<String> BUILT_IN = Set.of(
            "demo",
            "noop",
            "sleep",
            "shell",
            "http",
            "translate.release",
            "translate.release.batch",
            "brief.generate",
            "brief.daily_slot");

    private final Tasks tasks;

    TaskTypes(Tasks tasks) {
        this.tasks = tasks;
    }

    @Override
    public boolean test(String type) {
        return BUILT_IN.contains(type) || tasks.announcedTypes().contains(type);
    }
}
