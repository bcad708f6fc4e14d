package io.taskhub.dag;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskhub.contracts.TaskConfig;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ResolverTest {
    private static final Resolver RESOLVER = new Resolver(
            Map.of(
                    "who",
                    "Ann",
                    "n",
                    3,
                    "list",
                    List.of(1, "b"),
                    "deep",
                    Map.of("er", true),
                    "again",
                    "{{nodes.a.stdout}}"),
            Map.of(
                    "a", new Resolver.Output(0, "out\r\n\n", "err\n"),
                    "a.b", new Resolver.Output(7, "dotted", "")));

    private static TaskConfig task(String type, String command, Map<String, String> params) {
        return TaskConfig.from(Map.of("id", "t", "exec_type", type, "exec_command", command, "exec_params", params));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{{nodes.a.stdout}}               | out",
                "{{nodes.a.stderr}}               | err",
                "<{{ nodes.a.exit_code }}>        | <0>",
                "{{nodes.a.b.exit_code}}          | 7",
                "{{nodes.a.b.stdout}}             | dotted",
                "{{run.params.who}}{{run.params.n}} | Ann3",
                "{{run.params.list}}              | [1,\"b\"]",
                "{{run.params.deep.er}}           | true",
                "{{run.params.deep}}              | {\"er\":true}",
                "{{run.params.again}}             | {{nodes.a.stdout}}",
                "{{skipped}} {{a.b}} {{ }}        | {{skipped}} {{a.b}} {{ }}",
                "{{nodes.gone.stdout}}.           | .",
                "{{nodes.gone.exit_code}}         | -1",
                "{{{nodes.a.stdout}}}             | {out}"
            })
    void a_parameter_gets_plain_text_and_is_not_read_again(String text, String meant) {
        assertThat(RESOLVER.resolve(task("Local", "echo", Map.of("message", text)))
                        .exec_params())
                .containsEntry("message", meant);
        assertThat(RESOLVER.resolve(task("HttpCall", text, Map.of())).exec_command())
                .isEqualTo(meant);
    }

    @ParameterizedTest
    @CsvSource({"Shell", "Script", "Local", "Remote"})
    void what_a_shell_may_run_gets_variables(String type) {
        assertThat(RESOLVER.resolve(task(type, "echo {{run.params.who}}", Map.of()))
                        .exec_command())
                .isEqualTo("TASKHUB_1='Ann'; echo \"${TASKHUB_1}\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"Shell | TASKHUB_1='Ann'; echo \"${TASKHUB_1}\"", "HttpCall | echo Ann"})
    void a_remote_tasks_inner_command_is_what_its_inner_type_says(String inner, String meant) {
        Map<String, String> params = Map.of("inner.exec_type", inner, "inner.exec_command", "echo {{run.params.who}}");
        assertThat(RESOLVER.resolve(task("Remote", "", params)).exec_params())
                .containsEntry("inner.exec_command", meant);
    }

    @Test
    void nothing_else_of_a_task_changes() {
        TaskConfig before = TaskConfig.from(Map.of(
                "id",
                "t",
                "name",
                "{{run.params.who}}",
                "exec_type",
                "Shell",
                "exec_command",
                "true",
                "labels",
                List.of("gpu"),
                "deps",
                List.of("a"),
                "timeout_ms",
                5,
                "retry_count",
                2));
        assertThat(RESOLVER.resolve(before)).isSameAs(before);
        assertThat(Resolver.nodes(task("Local", "{{nodes.a.stdout}}", Map.of("x", "{{nodes.c.d.stderr}}"))))
                .containsExactly("a", "c.d");
    }
}
