package io.taskhub.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TaskConfigTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static TaskConfig read(String json) {
        try {
            return JSON.readValue(json, TaskConfig.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e.getCause() == null ? e : e.getCause());
        }
    }

    @Test
    void an_empty_object_is_a_local_task_with_the_defaults() {
        TaskConfig task = read("{}");
        assertThat(task.exec_type()).isEqualTo(ExecType.LOCAL);
        assertThat(task.queue()).isEqualTo("default");
        assertThat(task.retry_delay_ms()).isEqualTo(1_000);
        assertThat(task.retry_exp_backoff()).isTrue();
        assertThat(task.priority()).isEqualTo(Priority.NORMAL);
    }

    @Test
    void a_body_may_wrap_its_object() {
        assertThat(read("{\"task\":{\"id\":\"a\",\"exec_type\":\"Shell\"}}").id())
                .isEqualTo("a");
    }

    @ParameterizedTest
    @CsvSource({
        "local,local",
        "SHELL,shell",
        "Script,shell",
        "http,http",
        "HTTP_CALL,http",
        "HttpCall,http",
        "Remote,remote"
    })
    void exec_type_is_read_in_any_case(String exec, String engine) {
        assertThat(read("{\"exec_type\":\"" + exec + "\"}").type()).isEqualTo(engine);
    }

    @Test
    void an_unknown_exec_type_names_the_allowed_ones() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TaskConfig.from(Map.of("exec_type", "Magic")))
                .withMessage("unknown exec_type: Magic (allowed: Local, Remote, Script, HttpCall, Shell)");
    }

    @Test
    void exec_params_that_are_not_strings_become_json_text() {
        TaskConfig task = read("""
                {"exec_params":{"s":"x","n":1.5,"b":true,"z":null,"o":{"k":["a\\"\\n",2]}}}""");
        assertThat(task.exec_params())
                .containsOnly(
                        Map.entry("s", "x"),
                        Map.entry("n", "1.5"),
                        Map.entry("b", "true"),
                        Map.entry("z", "null"),
                        Map.entry("o", "{\"k\":[\"a\\\"\\n\",2]}"));
    }

    @Test
    void a_local_task_is_run_by_the_handler_that_its_command_or_else_its_id_names() {
        assertThat(read("{\"id\":\"noop\"}").payload())
                .containsEntry("handler", "noop")
                .containsEntry("command", "");
        assertThat(read("{\"id\":\"a\",\"exec_command\":\"echo hi\"}").payload())
                .containsEntry("handler", "echo hi");
    }

    @Test
    void an_http_call_takes_url_method_headers_and_body_from_its_parameters() {
        assertThat(read("""
                {"exec_type":"http","exec_params":{"url":"http://x/","method":"POST","header.A":"1","body":{"k":1}}}""").payload())
                .isEqualTo(
                        Map.of("url", "http://x/", "method", "POST", "headers", Map.of("A", "1"), "body", "{\"k\":1}"));
    }

    @Test
    void a_remote_task_carries_its_inner_task() {
        TaskConfig task = read("""
                {"id":"r","exec_type":"Remote","queue":"gpu","exec_command":"nvidia-smi","retry_count":3,
                 "exec_params":{"labels":["big","eu"],"inner.exec_params.k":"v"}}""");
        assertThat(task.labels()).containsExactly("big", "eu");
        assertThat(task.payload()).containsEntry("queue", "gpu").containsEntry("labels", List.of("big", "eu"));
        TaskConfig inner = read("""
                {"id":"r","exec_type":"Shell","queue":"gpu","exec_command":"nvidia-smi","retry_delay_ms":0,
                 "exec_params":{"k":"v"}}""");
        assertThat(task.payload()).containsEntry("task", inner.toMap());
    }

    @Test
    void a_remote_task_inside_a_remote_task_is_refused() {
        TaskConfig task = read("{\"exec_type\":\"Remote\",\"exec_params\":{\"inner.exec_type\":\"remote\"}}");
        assertThatIllegalArgumentException().isThrownBy(task::payload);
    }

    @Test
    void a_field_of_the_wrong_type_is_named() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TaskConfig.from(Map.of("timeout_ms", "soon")))
                .withMessage("timeout_ms must be an integer");
    }
}
