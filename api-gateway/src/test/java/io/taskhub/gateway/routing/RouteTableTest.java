package io.taskhub.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskhub.gateway.dialect.Dialect;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RouteTableTest {
    private final RouteTable table = new RouteTable(
            List.of(
                    row("/api/tasks", "list", "GET"),
                    row("/api/tasks", "create", "POST"),
                    row("/api/tasks/logs", "logs", "GET"),
                    row("/api/tasks/{id}", "one", "GET"),
                    row("/api/tasks/tsk_{id}", "task-center", "GET"),
                    row("/api/tasks/{id}/cancel", "cancel", "POST"),
                    row("/template/{id}", "template", "GET", "DELETE"),
                    row("/template/render", "render", "POST"),
                    row("/files/**", "files", "GET")),
            Map.of("/api/tasks", Dialect.TASKHUB, "/api", Dialect.ADMIN, "/files", Dialect.EVENT_JOB));

    private static Route row(String path, String service, String... methods) {
        return new Route(
                path,
                Set.of(methods),
                service,
                Dialect.TASKHUB,
                Access.VIEWER,
                Kind.EXCHANGE,
                1024,
                Duration.ofSeconds(30));
    }

    private String service(String method, String path) {
        return table.find(method, path) instanceof Lookup.Found(Route route) ? route.service() : "none";
    }

    @Test
    void the_method_chooses_among_rows_of_a_path() {
        assertThat(service("GET", "/api/tasks")).isEqualTo("list");
        assertThat(service("POST", "/api/tasks")).isEqualTo("create");
        assertThat(service("HEAD", "/api/tasks")).isEqualTo("list");
        assertThat(service("GET", "/api/tasks/")).isEqualTo("list");
    }

    @Test
    void a_literal_wins_over_a_prefix_and_that_over_a_placeholder() {
        assertThat(service("GET", "/api/tasks/logs")).isEqualTo("logs");
        assertThat(service("GET", "/api/tasks/tsk_01HXY3")).isEqualTo("task-center");
        assertThat(service("GET", "/api/tasks/tsk_")).isEqualTo("one");
        assertThat(service("GET", "/api/tasks/17")).isEqualTo("one");
        assertThat(service("POST", "/api/tasks/tsk_01HXY3/cancel")).isEqualTo("cancel");
        assertThat(service("POST", "/api/tasks/logs/cancel")).isEqualTo("cancel");
    }

    @Test
    void where_the_better_match_does_not_know_the_method_the_next_one_is_tried() {
        assertThat(service("POST", "/template/render")).isEqualTo("render");
        assertThat(service("GET", "/template/render")).isEqualTo("template");
    }

    @Test
    void the_rest_is_at_least_one_segment() {
        assertThat(service("GET", "/files/a/b/c.md")).isEqualTo("files");
        assertThat(service("GET", "/files")).isEqualTo("none");
        assertThat(service("GET", "/files/")).isEqualTo("none");
    }

    @Test
    void another_method_lists_those_that_would_do() {
        assertThat(table.find("PUT", "/api/tasks"))
                .isInstanceOfSatisfying(Lookup.WrongMethod.class, wrong -> assertThat(wrong.allow())
                        .containsExactly("GET", "HEAD", "POST"));
        assertThat(table.find("PATCH", "/template/render"))
                .isInstanceOfSatisfying(Lookup.WrongMethod.class, wrong -> assertThat(wrong.allow())
                        .containsExactly("DELETE", "GET", "HEAD", "POST"));
    }

    @Test
    void an_unknown_path_speaks_the_dialect_of_its_longest_prefix() {
        assertThat(table.find("GET", "/api/tasks/1/2/3")).isEqualTo(new Lookup.Unknown(Dialect.TASKHUB));
        assertThat(table.find("GET", "/api/tasksx")).isEqualTo(new Lookup.Unknown(Dialect.ADMIN));
        assertThat(table.find("GET", "/nothing")).isEqualTo(new Lookup.Unknown(Dialect.PROBLEM));
        assertThat(table.find("GET", "/")).isEqualTo(new Lookup.Unknown(Dialect.PROBLEM));
    }

    @Test
    void spelling_a_letter_in_percent_does_not_find_the_row() {
        assertThat(service("POST", "/api/t%61sks")).isEqualTo("none");
    }

    @Test
    void two_rows_for_one_method_and_path_stop_the_start() {
        assertThatThrownBy(
                        () -> new RouteTable(List.of(row("/a/{x}", "s", "GET"), row("/a/{y}", "t", "GET")), Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
