package io.taskhub.e2e;

import static io.taskhub.e2e.client.ReplyAssert.assertThatReply;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.taskhub.e2e.client.NewTask;
import io.taskhub.e2e.client.Reply;
import io.taskhub.e2e.client.TaskHubClient;
import io.taskhub.e2e.client.V1Tasks;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /api/v1/tasks}: every field, every error code. */
@EndToEnd
class V1CreateTest {
    private static final String UUID_V7 = "[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";
    private final TaskHubClient admin;
    private final V1Tasks v1;
    private final String queue = Names.unique("create");

    V1CreateTest(Hub hub) {
        this.admin = hub.admin();
        this.v1 = hub.v1();
    }

    @Test
    void type_and_payload_are_enough() {
        Reply created = v1.post(NewTask.noop());

        assertThatReply(created)
                .hasStatus(201)
                .hasTextMatching("/task_id", UUID_V7)
                .has("/queue", "default")
                .has("/status", "pending");
        Reply task = v1.fetch(created.text("/task_id"));
        assertThatReply(task)
                .hasStatus(200)
                .has("/id", created.text("/task_id"))
                .has("/queue", "default")
                .has("/type", "noop")
                .has("/max_retry", 3)
                .has("/retried", 0)
                .has("/last_err", "")
                .hasTextMatching("/next_process_at", "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    }

    @Test
    void all_fields_are_taken() {
        Instant later = Instant.now().plus(2, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);
        Reply created = v1.post(NewTask.demo(5)
                .queue(queue)
                .with("max_retries", 7)
                .with("timeout", "1h30m")
                .with("process_at", later.toString())
                .with("unique", "1h")
                .with("metadata", Map.of("user_id", "123")));

        assertThatReply(created).hasStatus(201).has("/queue", queue).has("/status", "scheduled");
        assertThatReply(v1.fetch(created.text("/task_id")))
                .has("/state", "scheduled")
                .has("/queue", queue)
                .has("/type", "demo")
                .has("/max_retry", 7)
                .has("/next_process_at", later.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "noop",
                "sleep",
                "shell",
                "http",
                "translate.release",
                "brief.generate",
                "brief.daily_slot"
            })
    void known_types_are_accepted(String type) {
        assertThatReply(v1.post(NewTask.of(type).queue(queue).with("process_at", "2099-01-01T00:00:00Z")))
                .hasStatus(201)
                .has("/status", "scheduled");
    }

    @Test
    void a_time_that_has_passed_means_now() {
        String id = v1.create(NewTask.noop().queue(queue).with("process_at", "2024-01-15T10:00:00Z"));

        v1.awaitState(id, "completed");
    }

    @Test
    void a_time_soon_means_then() {
        Instant soon = Instant.now().plusMillis(1_500);
        String id = v1.create(NewTask.noop().queue(queue).with("process_at", soon.toString()));
        assertThat(v1.state(id)).isEqualTo("scheduled");

        v1.awaitState(id, "completed");

        assertThat(Instant.now()).isAfterOrEqualTo(soon);
    }

    @Test
    void times_may_have_an_offset() {
        String id = v1.create(NewTask.noop().queue(queue).with("process_at", "2099-01-01T02:00:00+02:00"));

        assertThat(v1.get(id).path("next_process_at").asText()).isEqualTo("2099-01-01T00:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "\"text\"", "5", "null"})
    void a_body_that_is_no_object_is_an_invalid_request(String body) {
        assertThatReply(admin.post("/api/v1/tasks", body)).isV1Error(400, "INVALID_REQUEST");
    }

    @Test
    void fields_of_the_wrong_kind_are_an_invalid_request() {
        assertThatReply(v1.post(NewTask.noop().with("type", 5))).isV1Error(400, "INVALID_REQUEST");
        for (Object retries : List.of(-1, "three", 1.5, List.of())) {
            assertThatReply(v1.post(NewTask.noop().with("max_retries", retries)))
                    .isV1Error(400, "INVALID_REQUEST");
        }
        for (Object name : List.of("with space", "x".repeat(65), "a/b", 5)) {
            assertThatReply(v1.post(NewTask.noop().with("queue", name))).isV1Error(400, "INVALID_REQUEST");
        }
        for (Object metadata : List.of("text", 5, List.of())) {
            assertThatReply(v1.post(NewTask.noop().with("metadata", metadata))).isV1Error(400, "INVALID_REQUEST");
        }
    }

    @Test
    void an_unknown_type_is_refused() {
        assertThatReply(v1.post(NewTask.of("no.such.type"))).isV1Error(400, "INVALID_TASK_TYPE");
        assertThatReply(v1.post(NewTask.of(""))).hasStatus(400);
        assertThatReply(v1.post(NewTask.noop().without("type")))
                .hasStatus(400)
                .hasTextMatching("/code", "INVALID_(TASK_TYPE|REQUEST)");
    }

    @Test
    void a_payload_must_be_an_object() {
        assertThatReply(v1.post(NewTask.noop().without("payload"))).isV1Error(400, "INVALID_PAYLOAD");
        for (Object payload : List.of("text", 5, true, List.of(1))) {
            assertThatReply(v1.post(NewTask.noop().with("payload", payload))).isV1Error(400, "INVALID_PAYLOAD");
        }
        assertThatReply(admin.post("/api/v1/tasks", "{\"type\":\"noop\",\"payload\":null}"))
                .isV1Error(400, "INVALID_PAYLOAD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "30", "30 s", "-5s", "1d", "s", "PT30S"})
    void durations_are_those_of_go(String duration) {
        assertThatReply(v1.post(NewTask.noop().with("timeout", duration))).isV1Error(400, "INVALID_TIMEOUT");
        assertThatReply(v1.post(NewTask.noop().with("unique", duration))).isV1Error(400, "INVALID_UNIQUE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"30s", "5m", "1h30m", "500ms", "1.5h", "1h2m3s"})
    void gos_durations_are_accepted(String duration) {
        assertThatReply(v1.post(NewTask.noop()
                        .queue(queue)
                        .with("process_at", "2099-01-01T00:00:00Z")
                        .with("timeout", duration)))
                .hasStatus(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tomorrow", "2024-01-15", "2024-13-01T00:00:00Z", "1737884800"})
    void times_are_rfc_3339(String time) {
        assertThatReply(v1.post(NewTask.noop().with("process_at", time))).isV1Error(400, "INVALID_PROCESS_AT");
    }

    @Test
    void an_empty_text_is_an_absent_one() {
        Reply reply = v1.post(NewTask.noop()
                .queue("")
                .with("timeout", "")
                .with("process_at", "")
                .with("unique", ""));

        assertThatReply(reply).hasStatus(201).has("/queue", "default").has("/status", "pending");
    }

    @Test
    void a_strange_payload_comes_back_as_it_was() {
        String id = v1.create(NewTask.noop()
                .queue(queue)
                .payload("text", "ä😀\u0001\"\\ \n")
                .payload("big", 9_007_199_254_740_993L)
                .payload("nested", Map.of("a", List.of(1, 2.5, false))));

        JsonNode params = admin.get("/api/tasks/" + id).expect(200).at("/data/params");

        assertThat(params.path("text").asText()).isEqualTo("ä😀\u0001\"\\ \n");
        assertThat(params.path("big").asLong()).isEqualTo(9_007_199_254_740_993L);
        assertThat(params.path("nested").toString()).isEqualTo("{\"a\":[1,2.5,false]}");
    }

    @Test
    void a_text_that_the_database_cannot_hold_fails_alone() {
        Reply reply = admin.post(
                "/api/v1/tasks", "{\"type\":\"noop\",\"payload\":{\"nul\":\"a\\u0000b\"},\"queue\":\"" + queue + "\"}");

        assertThat(reply.status()).as(reply.toString()).isIn(201, 400);
        v1.awaitState(v1.create(NewTask.noop().queue(queue)), "completed");
    }
}
