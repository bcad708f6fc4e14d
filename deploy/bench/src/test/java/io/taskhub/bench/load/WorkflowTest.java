package io.taskhub.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class WorkflowTest {

    @Test
    void the_nodes_of_a_wide_one_wait_for_nothing_and_may_all_run_at_once() {
        JsonObject graph = Workflow.wide("q", 3).toJsonObject();
        assertThat(graph.getJsonObject("config").getInteger("max_parallel")).isEqualTo(3);
        assertThat(graph.getJsonArray("tasks")).hasSize(3).allSatisfy(node -> assertThat((JsonObject) node)
                .isEqualTo(new JsonObject()
                        .put("id", ((JsonObject) node).getString("id"))
                        .put("exec_type", "Local")
                        .put("exec_command", "noop")
                        .put("queue", "q")));
    }

    @Test
    void each_node_of_a_chain_waits_for_the_one_before() {
        JsonArray nodes = Workflow.chain("q", 3).toJsonObject().getJsonArray("tasks");
        assertThat(nodes.getJsonObject(0).containsKey("deps")).isFalse();
        assertThat(nodes.getJsonObject(1).getJsonArray("deps")).containsExactly("n0");
        assertThat(nodes.getJsonObject(2).getJsonArray("deps")).containsExactly("n1");
    }
}
