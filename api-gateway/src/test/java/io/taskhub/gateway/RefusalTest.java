package io.taskhub.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Decisions §1: errors raised before a resource is reached use the body of the dialect that owns the path. */
@GatewayTest
class RefusalTest {
    private static final String OK = "{\"ok\":false,\"error\":\"";
    private static final String V1 = "{\"error\":";
    private static final String EVENT_JOB = "{\"status\":\"error\",";
    private static final String ADMIN = "{\"ok\":false,\"error\":{";
    private static final String PROBLEM = "{\"type\":\"about:blank\",";

    private static String beginning(String dialect, int status) {
        return switch (dialect) {
            case "taskhub" -> "{\"code\":%d,\"message\":".formatted(status);
            case "ok" -> OK;
            case "v1" -> V1;
            case "event-job" -> EVENT_JOB;
            case "admin" -> ADMIN;
            default -> PROBLEM;
        };
    }

    private static void assertRefused(HttpResponse<String> response, int status, String dialect) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).startsWith(beginning(dialect, status));
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValue(dialect.equals("problem") ? "application/problem+json" : "application/json");
        assertThat(response.headers().firstValue("X-Request-Id")).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/tasks, taskhub",
        "/api/stats, taskhub",
        "/api/dag/runs, taskhub",
        "/templates, ok",
        "/api/cron/jobs, ok",
        "/api/workers, ok",
        "/api/v1/tasks, v1",
        "/api/event-job/jobs/1, event-job",
        "/api/jobs/jobs/1, event-job",
        "/api/admin/jobs/realtime/1, admin",
        "/api/tasks/tsk_1, problem",
        "/api/users, problem"
    })
    void without_or_with_bad_credentials_401(String path, String dialect) {
        HttpResponse<String> nothing = Browser.send(Browser.request(path));
        assertRefused(nothing, 401, dialect);
        assertThat(nothing.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertRefused(Browser.send(Browser.as("a.b.c", path)), 401, dialect);
        assertRefused(Browser.send(Browser.as("nonsense", path)), 401, dialect);
        assertRefused(Browser.send(Browser.request(path).header("Authorization", "Basic YTpi")), 401, dialect);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/tasks/1/2/3, taskhub",
        "/template/a/b/c, ok",
        "/api/v1/nothing, v1",
        "/api/event-job, event-job",
        "/api/admin/nothing, admin",
        "/nothing, problem",
        "/internal/stats, problem",
        "/q/metrics, problem",
        "/q/dev, problem"
    })
    void an_unknown_path_404(String path, String dialect) {
        assertRefused(Browser.send(Browser.request(path)), 404, dialect);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/tasks, taskhub, 'GET, HEAD, POST'",
        "/templates, ok, 'GET, HEAD'",
        "/api/v1/tasks/1/cancel, v1, POST",
        "/api/event-job/jobs/x, event-job, 'GET, HEAD'",
        "/api/admin/jobs/1, admin, 'GET, HEAD'",
        "/api/chat, problem, POST"
    })
    void another_method_405_with_those_that_would_do(String path, String dialect, String allow) {
        HttpResponse<String> response = Browser.send(Browser.request(path).method("PATCH", BodyPublishers.noBody()));
        assertRefused(response, 405, dialect);
        assertThat(response.headers().firstValue("Allow")).contains(allow);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/tasks, taskhub",
        "/api/workers/register, ok",
        "/api/v1/tasks, v1",
        "/api/event-job/jobs, event-job",
        "/api/admin/jobs/realtime/x/retry, admin",
        "/api/chat, problem"
    })
    void a_large_body_413(String path, String dialect) {
        byte[] body = new byte[1024 * 1024 + 1];
        assertRefused(
                Browser.send(Browser.as(Browser.admin(), path).POST(BodyPublishers.ofByteArray(body))), 413, dialect);
    }

    @ParameterizedTest
    @CsvSource({"/api/dag/runs, taskhub", "/templates, ok", "/api/workers, ok"})
    void a_service_that_is_away_503(String path, String dialect) {
        assertRefused(Browser.send(Browser.as(Browser.admin(), path)), 503, dialect);
    }

    @Test
    void a_path_that_can_be_read_in_two_ways_400() {
        assertRefused(Browser.send(Browser.request("/api/v1/%2e%2e/internal")), 400, "v1");
        assertRefused(Browser.send(Browser.request("/api/tasks//1")), 400, "taskhub");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../../etc/passwd",
                "/%2e%2e/%2e%2e/etc/passwd",
                "/a%2f..%2fetc",
                "//etc/passwd",
                "/a/./b",
                "/..;/b",
                "/a%5c..%5cb",
                "/a%00.md"
            })
    void a_file_path_that_would_leave_the_store_is_not_there_404(String path) {
        for (String door : new String[] {"/api/event-job/files", "/api/jobs/files"}) {
            String answer = Browser.raw("GET " + door + path + " HTTP/1.1\nHost: taskhub\n\n", 5);
            assertThat(answer).startsWith("HTTP/1.1 404 ").contains(EVENT_JOB).contains("\"error_type\":\"not_found\"");
        }
    }
}
