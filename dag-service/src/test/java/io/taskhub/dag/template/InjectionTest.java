package io.taskhub.dag.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskhub.dag.template.Renderer.Rendering;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Whatever a parameter holds, it stays the text that it is. Texts are put together from what usually breaks templates. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class InjectionTest {
    private static final List<String> PIECES = List.of(
            "\"",
            "'",
            "\\",
            "\n",
            "\u0000",
            "{",
            "}",
            "{{",
            "}}",
            "{{a}}",
            "{{ b }}",
            "nodes.",
            "run.",
            "nodes",
            "run",
            ".",
            "a.stdout",
            "params.x",
            " ",
            "\u00a0",
            "\u200b",
            "$param",
            "{\"$param\":\"a\"}",
            "\",\"id\":\"x",
            "],",
            "é",
            "😀",
            "\u2028",
            "${x}",
            "%s",
            "<",
            "0",
            "null");
    private static final int TRIES = 20_000;

    private static final ObjectNode TEMPLATE = Json.object("""
            {tasks: [{id: 't', exec_command: 'run {{a}} with {{b}}{{c}}', exec_params: {x: {'$param': 'a'}, y: '{{{b}}}'},
             deps: [], note: '{{nodes.t.stdout}} {{a}}'}]}
            """);

    private final Random random = new Random(20_261_120);

    @Test
    void a_parameters_text_never_becomes_anything_else() {
        int rendered = 0;
        for (int i = 0; i < TRIES; i++) {
            String a = text();
            String b = text();
            String c = text();
            ObjectNode params = TEMPLATE.objectNode().put("a", a).put("b", b).put("c", c);
            Rendering rendering = Renderer.render(TEMPLATE, params, Set.of());
            if (rendering.problems().isEmpty()) {
                rendered++;
                assertThat(rendering.rendered()).isEqualTo(expected(a, b, c));
                assertThat(Json.of(rendering.rendered().toString())).isEqualTo(rendering.rendered());
                assertNothingButTheTemplatesOwnIsLeftToTheRun(rendering.rendered());
            }
        }
        assertThat(rendered).as("texts that were accepted").isGreaterThan(TRIES / 2);
    }

    private static JsonNode expected(String a, String b, String c) {
        ObjectNode expected = TEMPLATE.deepCopy();
        ObjectNode task = (ObjectNode) expected.path("tasks").path(0);
        task.put("exec_command", "run " + a + " with " + b + c).put("note", "{{nodes.t.stdout}} " + a);
        ((ObjectNode) task.path("exec_params")).put("x", a).put("y", "{" + b + "}");
        return expected;
    }

    private static void assertNothingButTheTemplatesOwnIsLeftToTheRun(JsonNode rendered) {
        JsonNode task = rendered.path("tasks").path(0);
        assertThat(io.taskhub.dag.Placeholder.in(task.path("exec_command").textValue()))
                .isEmpty();
        assertThat(io.taskhub.dag.Placeholder.in(
                        task.path("exec_params").path("x").textValue()))
                .isEmpty();
        assertThat(io.taskhub.dag.Placeholder.in(
                        task.path("exec_params").path("y").textValue()))
                .isEmpty();
        assertThat(io.taskhub.dag.Placeholder.in(task.path("note").textValue())).hasSize(1);
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(7); left > 0; left--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }
}
