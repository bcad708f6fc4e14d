package io.taskhub.dag.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RenderedDagTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {tasks: [{id: 'a'}], config: {max_parallel: 2}}  | {"tasks":[{"id":"a"}],"config":{"max_parallel":2},"name":"T","params":{"p":1}}
            {tasks: [{task: {id: 'a'}}], name: 'N'}          | {"tasks":[{"task":{"id":"a"}}],"name":"N","params":{"p":1}}
            {task: {id: 'a'}, config: {name: 'C'}}           | {"tasks":[{"id":"a"}],"config":{"name":"C"},"params":{"p":1}}
            {id: 'a', exec_command: 'x'}                     | {"tasks":[{"id":"a","exec_command":"x"}],"name":"T","params":{"p":1}}
            {id: 'a', params: {q: 2}}                        | {"tasks":[{"id":"a","params":{"q":2}}],"name":"T","params":{"p":1}}
            {tasks: [], name: ' ', params: {q: 2}}           | {"tasks":[],"name":"T","params":{"q":2}}
            {tasks: 'x'}                                     | {"tasks":"x","name":"T","params":{"p":1}}
            """)
    void what_was_rendered_is_the_body_of_a_run(String rendered, String body) {
        assertThat(RenderedDag.of(Json.object(rendered), "T", Json.object("{p: 1}"))
                        .body())
                .isEqualTo(Json.of(body));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{exec_command: 'x'}",
                "{id: 7}",
                "{task: {}}",
                "{task: 1}",
                "{tasks: [{id: 'a'}, {id: ''}]}",
                "{tasks: [1]}"
            })
    void a_task_without_an_id_is_refused(String rendered) {
        assertThatThrownBy(() -> RenderedDag.of(Json.object(rendered), "T", Json.object("{}")))
                .isInstanceOf(TemplateException.TaskIdMissing.class)
                .hasMessage("task id is required");
    }
}
