package io.taskhub.dag.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskhub.dag.template.Renderer.Rendering;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RendererTest {
    private static final ObjectNode PARAMS = Json.object("""
            {s: 'text', i: 42, big: 12345678901234567890, d: 1.50, e: 1E+3, b: true, n: null, o: {a: 1, t: 'x"y'},
             l: ['p', {q: 'r'}], empty: '', quote: 'a"b\\\\c\\nd', again: '{{s}}', typed: {'$param': 's'}, 'dot.ted': 'D',
             steals: 'x {{nodes.a.stdout}}', asks: '{{  run . params.x }}', opens: '{{nodes', brace: '{', closes: 'a.stdout}}',
             deep: {x: ['{{nodes.a']}, key: {'{{run.params.x}}': 1}}
            """);

    private static Rendering render(String template) {
        return Renderer.render(Json.of(template), PARAMS, Set.of());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'plain'                          | "plain"
            '{{s}}'                          | "text"
            'a {{ s }} b {{i}}'              | "a text b 42"
            '{{big}} {{d}} {{e}} {{b}} {{n}}'| "12345678901234567890 1.50 1000 true null"
            '{{o}}'                          | "{\\"a\\":1,\\"t\\":\\"x\\\\\\"y\\"}"
            '{{o.a}} {{l.0}} {{l.1.q}}'      | "1 p r"
            '{{dot.ted}}'                    | "D"
            '[{{empty}}]'                    | "[]"
            '{{quote}}'                      | "a\\"b\\\\c\\nd"
            '{{{s}}}'                        | "{text}"
            '{{again}} {{s}}'                | "{{s}} text"
            '{{ s'                           | "{{ s"
            {'$param': 'i'}                  | 42
            {'$param': ' o '}                | {"a":1,"t":"x\\"y"}
            {'$param': 'l.1'}                | {"q":"r"}
            {'$param': 'n'}                  | null
            {'$param': 'd'}                  | 1.50
            {'$param': 'again'}              | "{{s}}"
            {'$param': 'typed'}              | {"$param":"s"}
            {'$param': 'i', b: '{{s}}'}      | {"$param":"i","b":"text"}
            {'$param': 7}                    | {"$param":7}
            {'{{s}}': ['{{s}}', 1, null]}    | {"{{s}}":["text",1,null]}
            '{{nodes.a.stdout}}'             | "{{nodes.a.stdout}}"
            '{{ run.params.x }}{{s}}'        | "{{ run.params.x }}text"
            '{{s}}{{nodes.a.stdout}}{{s}}'   | "text{{nodes.a.stdout}}text"
            '{{nodes}} {{run}}'              | "{{nodes}} {{run}}"
            """)
    void a_template_becomes(String template, String rendered) {
        Rendering rendering = render(template);
        assertThat(rendering.problems()).isEmpty();
        assertThat(rendering.rendered()).hasToString(rendered);
    }

    @Test
    void everything_that_is_missing_is_told_once_and_in_order() {
        assertThat(render("{a: '{{x}} {{o.y}} {{x}}', b: {'$param': 'l.9'}, c: '{{}} {{ s.t }} {{.State}}'}")
                        .problems())
                .containsExactly(
                        "missing param: x",
                        "missing param: o.y",
                        "missing param: l.9",
                        "missing param: ",
                        "missing param: s.t",
                        "missing param: .State");
    }

    @Test
    void beyond_a_hundred_problems_only_their_number_is_told() {
        var problems = IntStream.range(0, 103).mapToObj(Integer::toString).toList();
        assertThat(new TemplateException.NotRendered(problems)).hasMessageEndingWith("; 98; 99; and 3 more");
    }

    @Test
    void what_the_schema_complained_about_is_not_told_again() {
        assertThat(Renderer.render(Json.of("'{{x.y}} {{z}} {{p.q}}'"), PARAMS, Set.of("x", "p.q"))
                        .problems())
                .containsExactly("missing param: z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'{{steals}}'",
                "'{{asks}}'",
                "'{{opens}}.a.stdout}}'",
                "'{{brace}}{nodes.a.stdout}}'",
                "'{{{brace}}nodes.a.stdout}}'",
                "'{{nodes.{{closes}}'",
                "'{{nodes.a.stdout {{s}} }}'",
                "'{{nodes.a.stdout}} {{steals}}'",
                "{'$param': 'steals'}",
                "{'$param': 'deep'}",
                "{'$param': 'key'}",
                "'{{deep}}'"
            })
    void a_parameter_cannot_take_part_in_a_placeholder_of_the_run(String template) {
        assertThat(render(template).problems())
                .singleElement()
                .asString()
                .endsWith(": must not form a placeholder of the run ({{nodes.…}}, {{run.…}})");
    }

    @Test
    void braces_that_are_no_placeholder_of_the_run_are_a_parameters_own_business() {
        assertThat(render("'{{opens}} {{brace}}{ {{closes}}'").problems()).isEmpty();
    }

    @Test
    void a_rendering_that_explodes_is_ended() {
        ObjectNode params = Json.object("{}").put("x", "é".repeat(100_000));
        var template = Json.object("{}").put("t", "{{x}}".repeat(100));
        assertThatThrownBy(() -> Renderer.render(template, params, Set.of()))
                .isInstanceOf(TemplateException.NotRendered.class)
                .hasMessage("rendered template is larger than 8388608 bytes");
    }

    @Test
    void a_parameter_cannot_nest_without_end() {
        ObjectNode params = Json.object("{}");
        params.set("x", Json.of("[".repeat(99) + "]".repeat(99)));
        assertThat(Renderer.render(Json.of("{'$param': 'x'}"), params, Set.of()).problems())
                .isEmpty();
        assertThatThrownBy(() -> Renderer.render(Json.of("{a: [{'$param': 'x'}]}"), params, Set.of()))
                .isInstanceOf(TemplateException.NotRendered.class)
                .hasMessage("rendered template is nested deeper than 100 levels");
    }

    @Test
    void many_open_braces_cost_no_more_than_their_length() {
        ObjectNode params = Json.object("{}").put("x", "y");
        var template = Json.object("{}").put("t", "{{x}}" + "{{nodes.".repeat(100_000));
        assertThat(Renderer.render(template, params, Set.of()).problems()).isEmpty();
    }
}
