package io.taskhub.bench.scenario;

import io.taskhub.bench.load.Tally;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks the engine afterwards when tasks were created and started. */
final class StartTimes {
    private final Stage stage;

    StartTimes(Stage stage) {
        this.stage = stage;
    }

    /** @param n its place in the list of ids */
    record Task(int n, Instant created, Instant started) {}

    /** Of every task that has an id; what cannot be told is counted in {@code wrong}. */
    List<Task> of(List<? extends @Nullable String> ids, Tally wrong) throws InterruptedException {
        List<@Nullable JsonObject> answers = new Inquiry("GET task", stage.steering()::task, wrong).of(ids);
        List<Task> found = new ArrayList<>(ids.size());
        for (int n = 0; n < answers.size(); n++) {
            JsonObject answer = answers.get(n);
            Task task = answer == null ? null : read(n, answer);
            if (task != null) {
                found.add(task);
            } else if (answer != null) {
                wrong.add("tasks without start time");
            }
        }
        return found;
    }

    static @Nullable Task read(int n, JsonObject task) {
        String created = task.getString("created_at");
        String started = task.getString("started_at");
        return created == null || started == null || started.isEmpty()
                ? null
                : new Task(n, instant(created), instant(started));
    }

    static long micros(Instant from, Instant to) {
        return ChronoUnit.MICROS.between(from, to);
    }

    private static Instant instant(String rfc3339) {
        return OffsetDateTime.parse(rfc3339).toInstant();
    }
}
