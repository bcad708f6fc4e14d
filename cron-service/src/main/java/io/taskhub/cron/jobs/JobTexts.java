package io.taskhub.cron.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.taskhub.contracts.TaskConfig;
import io.taskhub.cron.Schedule;
import io.taskhub.cron.Target;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** What rows keep as text: targets as JSON, schedules as spec and time zone. Numbers keep their digits. */
@Singleton
public class JobTexts {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final ObjectReader READER = MAPPER.readerFor(new TypeReference<Map<String, Object>>() {});
    private static final ObjectWriter WRITER = MAPPER.writer();
    private static final int REMEMBERED = 10_000;

    private record Words(String spec, String timezone) {}

    /** A thousand jobs that are due at once are not to be parsed at that moment. */
    private final Map<Words, Schedule> schedules = new ConcurrentHashMap<>();

    public String text(Target target) {
        try {
            return WRITER.writeValueAsString(target.body());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not writable as JSON", e);
        }
    }

    public Target target(String type, String text) {
        Map<String, Object> body;
        try {
            body = READER.readValue(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a job's target is no JSON", e);
        }
        return switch (type) {
            case Target.SingleTask.TYPE -> new Target.SingleTask(TaskConfig.from(body));
            case Target.Dag.TYPE -> new Target.Dag(body);
            case Target.Template.TYPE ->
                new Target.Template(String.valueOf(body.get("template_id")), params(body.get("params")));
            default -> throw new IllegalArgumentException("a job's target has an unknown type: " + type);
        };
    }

    @SuppressWarnings("unchecked") // JSON objects have string keys
    private static Map<String, Object> params(@org.jspecify.annotations.Nullable Object params) {
        return params == null ? Map.of() : (Map<String, Object>) params;
    }

    public Schedule schedule(String spec, String timezone) {
        if (schedules.size() >= REMEMBERED) {
            schedules.clear();
        }
        return Objects.requireNonNull(
                schedules.computeIfAbsent(new Words(spec, timezone), words -> Schedule.of(spec, timezone)));
    }
}
