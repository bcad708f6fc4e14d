package io.taskhub.task.api.admin;

import io.taskhub.task.TaskCatalog;
import io.taskhub.task.TaskCatalog.Phase;
import io.taskhub.task.api.Failure;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of the list: {@code status} (a word or {@code all}), {@code task_type} and {@code exclude_task_type} (repeated or
 * separated by commas), {@code page} from 1, {@code page_size} clamped to 20..100. An empty parameter counts as absent.
 */
record AdminListQuery(int page, int pageSize, TaskCatalog.Query query) {
    private static final long SMALLEST = 20;
    private static final long LARGEST = 100;

    static AdminListQuery parse(MultivaluedMap<String, String> parameters) {
        long page = Math.max(1, number(parameters, "page", 1));
        long size = Math.clamp(number(parameters, "page_size", SMALLEST), SMALLEST, LARGEST);
        if (page > TaskCatalog.DEEPEST / size) {
            throw bad("page must be at most " + TaskCatalog.DEEPEST / size);
        }
        var query = new TaskCatalog.Query(
                phase(parameters.getFirst("status")),
                types(parameters.get("task_type")),
                types(parameters.get("exclude_task_type")),
                (int) ((page - 1) * size),
                (int) size);
        return new AdminListQuery((int) page, (int) size, query);
    }

    private static @Nullable Phase phase(@Nullable String status) {
        return status == null || status.isBlank() || status.equals("all")
                ? null
                : AdminStatus.parse(status)
                        .orElseThrow(() -> bad(
                                "status must be all, queued, running, succeeded, failed or canceled, not " + status));
    }

    private static Set<String> types(@Nullable List<String> given) {
        return given == null
                ? Set.of()
                : given.stream()
                        .flatMap(value -> Arrays.stream(value.split(",", -1)))
                        .map(String::strip)
                        .filter(type -> !type.isEmpty())
                        .collect(Collectors.toUnmodifiableSet());
    }

    private static long number(MultivaluedMap<String, String> parameters, String name, long otherwise) {
        String given = parameters.getFirst(name);
        try {
            return given == null || given.isBlank() ? otherwise : Long.parseLong(given.strip());
        } catch (NumberFormatException e) {
            throw bad(name + " must be a whole number");
        }
    }

    private static Failure.Thrown bad(String message) {
        return new Failure.Thrown(Failure.Kind.INVALID_REQUEST, message);
    }
}
