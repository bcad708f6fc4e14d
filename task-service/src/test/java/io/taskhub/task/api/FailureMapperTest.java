package io.taskhub.task.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskhub.contracts.TaskState;
import io.taskhub.task.TaskException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FailureMapperTest {
    private final FailureMapper mapper = new FailureMapper(
            List.of(new ProblemVoice(), new Voice("/api/v1"), new Voice("/api/tasks"), new Voice("/api/tasks/tsk_")));

    private record Voice(String prefix) implements ErrorVoice {
        @Override
        public Object body(Failure failure) {
            return List.of(prefix, failure.kind());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/tasks,/api/v1",
        "api/v1/tasks,/api/v1",
        "/api/tasks,/api/tasks",
        "/api/tasks/7,/api/tasks",
        "/api/tasks/tsk_7,/api/tasks/tsk_"
    })
    void the_longest_prefix_speaks(String path, String voice) {
        var reply = mapper.say(new Failure(Failure.Kind.NOT_FOUND, "gone"), path);
        assertThat(reply.getStatus()).isEqualTo(404);
        assertThat(reply.getEntity()).isEqualTo("[\"" + voice + "\",\"NOT_FOUND\"]");
    }

    @Test
    void what_nobody_owns_is_a_problem() {
        var reply = mapper.say(new Failure(Failure.Kind.CONFLICT, "no"), "/internal/x");
        assertThat(reply.getMediaType()).hasToString("application/problem+json");
        assertThat(reply.getEntity())
                .isEqualTo("{\"title\":\"conflict\",\"status\":409,\"detail\":\"no\",\"code\":\"conflict\"}");
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(new TaskException.NotFound("7"), 404),
                Arguments.of(new TaskException.Finished(SampleTask.ID, TaskState.COMPLETED), 409),
                Arguments.of(new TaskException.Running(SampleTask.ID), 409),
                Arguments.of(new TaskException.NotFinished(SampleTask.ID, TaskState.PENDING), 409),
                Arguments.of(new TaskException.KeyReused("k"), 422),
                Arguments.of(new TaskException.IntakeFull(3), 429));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void every_refusal_of_the_engine_has_a_status(TaskException refusal, int status) {
        assertThat(FailureMapper.failure(refusal).kind().status()).isEqualTo(status);
    }

    @Test
    void a_full_intake_says_when_to_come_again() {
        var reply = mapper.say(FailureMapper.failure(new TaskException.IntakeFull(3)), "/api/v1/tasks");
        assertThat(reply.getStatus()).isEqualTo(429);
        assertThat(reply.getHeaderString("Retry-After")).isEqualTo("3");
    }

    @Test
    void who_is_not_known_is_told_how_to_say_who_he_is() {
        var reply = mapper.say(new Failure(Failure.Kind.UNAUTHORIZED, "unauthorized"), "/api/v1/tasks");
        assertThat(reply.getHeaderString("WWW-Authenticate")).isEqualTo("Bearer");
    }

    @ParameterizedTest
    @CsvSource({"404,NOT_FOUND", "418,INVALID_REQUEST", "502,INTERNAL_ERROR", "413,REQUEST_TOO_LARGE"})
    void a_status_has_a_kind(int status, Failure.Kind kind) {
        assertThat(Failure.Kind.of(status)).isEqualTo(kind);
    }
}
