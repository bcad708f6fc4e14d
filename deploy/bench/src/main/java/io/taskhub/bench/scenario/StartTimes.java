package io.taskhub.bench.scenario;

import io.taskhub.bench.load.Await;
import io.taskhub.bench.load.Reply;
import io.taskhub.bench.load.Tally;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks the engine afterwards when tasks were created and started: a few at a time, when nothing is measured. */
final class StartTimes {
    private static final int AT_ONCE = 8;

    /** Longer than the gateway waits for a service, so that its verdict is seen. */
    private static final Duration PATIENCE = Duration.ofSeconds(50);

    private final Stage stage;

    StartTimes(Stage stage) {
        this.stage = stage;
    }

    /** @param n its place in the schedule */
    record Task(int n, Instant created, Instant started) {}

    /** Of every task that has an id; what cannot be told is counted in {@code wrong}. */
    List<Task> of(List<@Nullable String> ids, Tally wrong) throws InterruptedException {
        List<Task> found = new ArrayList<>(ids.size());
        for (int from = 0; from < ids.size(); from += AT_ONCE) {
            List<Future<Reply>> asked = new ArrayList<>();
            List<Integer> places = new ArrayList<>();
            for (int n = from; n < Math.min(from + AT_ONCE, ids.size()); n++) {
                String id = ids.get(n);
                if (id != null) {
                    asked.add(stage.steering().task(id));
                    places.add(n);
                }
            }
            for (int i = 0; i < asked.size(); i++) {
                Reply reply = answered(asked.get(i));
                String complaint = reply == null ? "no answer" : reply.complaint();
                Task task = reply == null || complaint != null ? null : read(places.get(i), reply.object());
                if (task != null) {
                    found.add(task);
                } else {
                    wrong.add(complaint == null ? "tasks without start time" : "GET task: " + complaint);
                }
            }
        }
        return found;
    }

    /** One that is not answered spoils one sample, not the run. */
    private static @Nullable Reply answered(Future<Reply> asked) throws InterruptedException {
        try {
            return Await.result("GET task", asked, PATIENCE);
        } catch (IllegalStateException e) {
            return null;
        }
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
