package io.taskhub.dag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskhub.dag.api.JsonBody;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DagReaderTest {
    private static final Duration A_SECOND = Duration.ofSeconds(1);

    private static Dag read(String json) {
        return DagReader.read(JsonBody.fields(
                json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), null, JsonBody.BATCH_LIMIT_BYTES));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                                        | missing or invalid tasks array or task object",
                "{'tasks':{}}                                              | missing or invalid tasks array or task object",
                "{'tasks':'a'}                                             | missing or invalid tasks array or task object",
                "{'task':[]}                                               | missing or invalid tasks array or task object",
                "{'tasks':[]}                                              | tasks is empty",
                "{'tasks':[1]}                                             | task 1 is not an object",
                "{'tasks':[{'id':'a'},null]}                               | task 2 is not an object",
                "{'tasks':[{'id':'a'},{}]}                                 | empty task id at position 2",
                "{'tasks':[{'id':' '}]}                                    | empty task id at position 1",
                "{'tasks':[{'id':'a'},{'id':'b'},{'id':'a'}]}              | duplicate task id: a",
                "{'tasks':[{'id':'a','deps':['a']}]}                       | task a depends on itself",
                "{'tasks':[{'id':'a','deps':['x','y']}]}                   | task a depends on unknown task x; task a depends on unknown task y",
                "{'tasks':[{'id':'a','deps':['b']},{'id':'b','deps':['a']}]} | cycle: b -> a -> b",
                "{'tasks':[{'id':'s','deps':['c']},{'id':'a','deps':['c']},{'id':'b','deps':['a']},{'id':'c','deps':['b']}]} | cycle: a -> b -> c -> a",
                "{'tasks':[{'id':'a','exec_type':'Magic'}]}                | task a: unknown exec_type: Magic (allowed: Local, Remote, Script, HttpCall, Shell)",
                "{'tasks':[{'id':'a','exec_params':[]}]}                   | task a: exec_params must be an object",
                "{'tasks':[{'id':'a','deps':'b'}]}                         | task a: deps must be an array",
                "{'tasks':[{'id':'a','timeout_ms':'soon'}]}                | task a: timeout_ms must be an integer",
                "{'tasks':[{'id':'a','priority':'Huge'}]}                  | task a: unknown priority: Huge (allowed: Low, Normal, High, Critical, -1, 0, 1, 2)",
                "{'tasks':[{'id':'a','queue':'a b'}]}                      | task a: queue must match [A-Za-z0-9._-]{1,64}",
                "{'tasks':[{'id':'a','run_if':'maybe'}]}                   | task a: unknown run_if: maybe (allowed: success, failed, always)",
                "{'tasks':[{'id':'a','exec_type':'Remote','exec_params':{'inner.exec_type':'remote'}}]} | task a: inner.exec_type must not be Remote",
                "{'config':{'fail_policy':'Retry'},'tasks':[{'id':'a'}]}   | unknown fail_policy: Retry (allowed: SkipDownstream, FailFast)",
                "{'config':{'max_parallel':'many'},'tasks':[{'id':'a'}]}   | max_parallel must be an integer",
                "{'config':[],'tasks':[{'id':'a'}]}                        | config must be an object",
                "{'params':1,'tasks':[{'id':'a'}]}                         | params must be an object",
                "{'config':{'fail_policy':'x'},'tasks':[{'id':'a','priority':'y'}]} | unknown fail_policy: x (allowed: SkipDownstream, FailFast); task a: unknown priority: y (allowed: Low, Normal, High, Critical, -1, 0, 1, 2)"
            })
    void what_cannot_run_is_refused_and_the_error_names_it(String body, String error) {
        assertThatThrownBy(() -> read(body)).isInstanceOf(DagException.class).hasMessage(error);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{{run.params.x}}       | task b: missing param: x",
                "{{run.params.o.y}}     | task b: missing param: o.y",
                "{{run.name}}           | task b: missing param: run.name",
                "{{nodes.z.stdout}}     | task b: {{nodes.z.stdout}} names an unknown task",
                "{{nodes.a.output}}     | task b: {{nodes.a.output}}: only stdout, stderr and exit_code can be named",
                "{{nodes.c.stdout}}     | task b: {{nodes.c.stdout}}, but it does not depend on c",
                "{{nodes.b.stdout}}     | task b: {{nodes.b.stdout}}, but it does not depend on b"
            })
    void a_placeholder_that_could_never_be_filled_is_refused(String command, String error) {
        String body = "{'params':{'o':{}},'tasks':[{'id':'a'},{'id':'b','deps':['a'],'exec_command':'%s'},{'id':'c'}]}";
        assertThatThrownBy(() -> read(body.formatted(command)))
                .isInstanceOf(DagException.class)
                .hasMessage(error);
        assertThatThrownBy(() -> read(body.replace("'exec_command':'%s'", "'exec_params':{'p':'%s'}")
                        .formatted(command)))
                .hasMessage(error);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{nodes.a.stdout}}",
                "{{ nodes.a.exit_code }}",
                "{{run.params.o.y}}",
                "{{other}}",
                "{{}}",
                "{{nodes}}"
            })
    void what_can_be_filled_later_and_what_is_nobodys_placeholder_is_left_alone(String command) {
        Dag dag = read(
                "{'params':{'o':{'y':1}},'tasks':[{'id':'a'},{'id':'m','deps':['a']},{'id':'b','deps':['m'],'exec_command':'%s'}]}"
                        .formatted(command));
        assertThat(dag.node(2).task().exec_command()).isEqualTo(command);
    }

    @Test
    void the_contracts_example_is_read() {
        Dag dag = read("""
                {'name':'workflow-1','config':{'name':'other','fail_policy':'failfast','max_parallel':'2'},
                 'tasks':[{'id':'a','name':'step-a','exec_type':'Local','deps':['b']},{'id':'b','deps':[]}]}
                """);
        assertThat(dag.name()).isEqualTo("workflow-1");
        assertThat(dag.failPolicy()).isEqualTo(FailPolicy.FAIL_FAST);
        assertThat(dag.maxParallel()).isEqualTo(2);
        assertThat(dag.nodes()).extracting(DagNode::id).containsExactly("a", "b");
        assertThat(dag.node(0).deps()).containsExactly(1);
        assertThat(dag.node(0).runIf()).isEqualTo(RunIf.SUCCESS);
    }

    @Test
    void what_is_left_out_has_the_contracts_defaults() {
        Dag dag = read("{'tasks':[{'id':'a','config':null,'run_if':null}],'config':null,'params':null}");
        assertThat(dag).returns("", Dag::name).returns(FailPolicy.SKIP_DOWNSTREAM, Dag::failPolicy);
        assertThat(dag.maxParallel()).isEqualTo(4);
        assertThat(dag.params()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0,1", "-3,1", "1,1", "10000,10000", "99999999999,2147483647"})
    void max_parallel_is_at_least_one(String given, int meant) {
        assertThat(read("{'config':{'max_parallel':%s},'tasks':[{'id':'a'}]}".formatted(given))
                        .maxParallel())
                .isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'task':{'id':'a','exec_command':'true'}}",
                "{'tasks':[{'task':{'id':'a','exec_command':'true'}}]}",
                "{'config':{'name':'n'},'task':{'id':'a','exec_command':'true'}}"
            })
    void a_single_task_is_a_graph_too_and_may_be_wrapped(String body) {
        assertThat(read(body).nodes()).singleElement().satisfies(node -> {
            assertThat(node.id()).isEqualTo("a");
            assertThat(node.task().exec_command()).isEqualTo("true");
        });
    }

    @Test
    void a_dependency_that_is_named_twice_counts_once() {
        assertThat(read("{'tasks':[{'id':'a'},{'id':'b','deps':['a','a']}]}")
                        .node(1)
                        .deps())
                .containsExactly(0);
    }

    @Test
    void ten_thousand_nodes_are_read_and_one_more_is_refused() {
        assertThat(graph(Dag.MAX_NODES, i -> List.of()).size()).isEqualTo(Dag.MAX_NODES);
        assertThatThrownBy(() -> graph(Dag.MAX_NODES + 1, i -> List.of()))
                .isInstanceOf(DagException.class)
                .hasMessage("dag has 10001 tasks, at most 10000 are allowed");
    }

    @Test
    void many_problems_are_not_all_told() {
        assertThatThrownBy(() -> graph(30, i -> List.of("x")))
                .hasMessageStartingWith("task n0 depends on unknown task x; ")
                .hasMessageEndingWith("task n9 depends on unknown task x; and 20 more");
    }

    @Test
    void the_largest_graphs_are_read_in_less_than_a_second_of_work() {
        work(() -> graph(Dag.MAX_NODES, i -> i == 0 ? List.of() : List.of("n" + (i - 1))), "chain");
        work(() -> graph(Dag.MAX_NODES, i -> i == 0 ? List.of() : List.of("n0")), "star");
        List<String> all =
                IntStream.range(1, Dag.MAX_NODES).mapToObj(i -> "n" + i).toList();
        work(() -> graph(Dag.MAX_NODES, i -> i == 0 ? all : List.of()), "fan-in");
        work(
                () -> assertThatThrownBy(
                                () -> graph(Dag.MAX_NODES, i -> List.of("n" + (i == 0 ? Dag.MAX_NODES - 1 : i - 1))))
                        .hasMessageStartingWith("cycle: "),
                "ring");
    }

    private static void work(Runnable work, String what) {
        var threads = ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();
        work.run();
        assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - before))
                .as(what)
                .isLessThan(A_SECOND);
    }

    private static Dag graph(int size, IntFunction<List<String>> deps) {
        List<Object> tasks = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            tasks.add(Map.of("id", "n" + i, "deps", deps.apply(i)));
        }
        return DagReader.read(Map.of("tasks", tasks));
    }
}
