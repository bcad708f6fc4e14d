package io.taskhub.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@GatewayTest
class ForwardingTest {

    @Test
    void a_request_reaches_its_service_with_path_and_query_as_they_came() {
        HttpResponse<String> response = Browser.send(Browser.as(Browser.admin(), "/api/v1/tasks/a%20b?queue=x%2Fy&z="));
        JsonObject seen = Browser.json(response);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(seen.getString("uri")).isEqualTo("/api/v1/tasks/a%20b?queue=x%2Fy&z=");
        assertThat(seen.getString("method")).isEqualTo("GET");
        assertThat(response.headers().firstValue("keep-alive")).isEmpty();
    }

    @Test
    void a_clients_own_token_is_passed_on_and_what_claims_identity_is_not() {
        String token = Browser.admin();
        JsonObject headers = Browser.json(Browser.send(Browser.as(token, "/api/v1/tasks/1")
                        .header("X-Remote-User", "root")
                        .header("X-Forwarded-For", "1.2.3.4")
                        .header("Forwarded", "for=1.2.3.4")
                        .header("Cookie", "a=b")
                        .header("X-Request-Id", "req-1")
                        .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")))
                .getJsonObject("headers");
        assertThat(headers.getString("authorization")).isEqualTo("Bearer " + token);
        assertThat(headers.getString("x-request-id")).isEqualTo("req-1");
        assertThat(headers.getString("x-forwarded-for")).isEqualTo("127.0.0.1");
        assertThat(headers.getString("x-forwarded-proto")).isEqualTo("http");
        assertThat(headers.getString("traceparent"))
                .isEqualTo("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        assertThat(headers.fieldNames()).doesNotContain("x-remote-user", "forwarded", "cookie");
    }

    @Test
    void replicas_share_the_work_and_one_that_refuses_is_passed_over() {
        String token = Browser.admin();
        Set<String> replicas = new HashSet<>();
        for (int i = 0; i < 30; i++) {
            HttpResponse<String> response = Browser.post(Browser.as(token, "/api/v1/tasks"), "{\"n\":" + i + "}");
            assertThat(response.statusCode()).isEqualTo(200);
            replicas.add(Browser.json(response).getString("replica"));
        }
        assertThat(replicas).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void an_answer_without_a_body_stays_one() {
        HttpResponse<String> response = Browser.send(Browser.as(Browser.admin(), "/api/v1/tasks/gone"));
        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void a_head_request_is_a_get_without_a_body() {
        HttpResponse<String> response =
                Browser.send(Browser.as(Browser.admin(), "/api/v1/tasks/1").HEAD());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/event-job/files/talk.md", "/api/tasks/tsk_1/artifacts/talk.md"})
    void a_file_can_be_asked_about_and_read_in_parts(String path) {
        String token = Browser.admin();
        HttpResponse<String> head = Browser.send(Browser.as(token, path).HEAD());
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("Content-Length")).contains("10");
        assertThat(head.headers().firstValue("Accept-Ranges")).contains("bytes");
        HttpResponse<String> whole = Browser.send(Browser.as(token, path));
        assertThat(whole.body()).isEqualTo("0123456789");
        assertThat(whole.headers().firstValue("Content-Length")).contains("10");
        assertThat(whole.headers().firstValue("ETag")).contains("\"e1\"");
        HttpResponse<String> part = Browser.send(Browser.as(token, path).header("Range", "bytes=2-4"));
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo("234");
        assertThat(part.headers().firstValue("Content-Range")).contains("bytes 2-4/10");
        HttpResponse<String> known = Browser.send(Browser.as(token, path).header("If-None-Match", "\"e1\""));
        assertThat(known.statusCode()).isEqualTo(304);
        assertThat(known.headers().firstValue("ETag")).contains("\"e1\"");
        assertThat(known.body()).isEmpty();
    }

    @Test
    void an_event_job_client_may_bring_its_api_key_in_the_secretarys_header() {
        String key = Browser.json(Browser.post(
                        Browser.as(Browser.admin(), "/api/keys"), "{\"name\":\"importer\",\"role\":\"operator\"}"))
                .getString("key");
        HttpResponse<String> response =
                Browser.post(Browser.request("/api/event-job/jobs").header("X-Secretary-Api-Key", key), "{}");
        assertThat(response.statusCode()).isEqualTo(200);
        JsonObject headers = Browser.json(response).getJsonObject("headers");
        assertThat(headers.getString("authorization")).startsWith("Bearer ey");
        assertThat(headers.fieldNames()).doesNotContain("x-secretary-api-key");
        assertThat(Browser.send(Browser.request("/api/event-job/jobs/1").header("X-Secretary-Api-Key", "thk_no"))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void a_body_may_be_as_large_as_its_row_says_whether_its_length_is_told_or_not() {
        String token = Browser.admin();
        byte[] fits = new byte[1024 * 1024];
        byte[] tooLarge = new byte[1024 * 1024 + 1];
        assertThat(send(token, "/api/v1/tasks", BodyPublishers.ofByteArray(fits)))
                .isEqualTo(200);
        assertThat(send(token, "/api/v1/tasks", BodyPublishers.ofByteArray(tooLarge)))
                .isEqualTo(413);
        assertThat(send(token, "/api/v1/tasks", chunked(fits))).isEqualTo(200);
        assertThat(send(token, "/api/v1/tasks", chunked(tooLarge))).isEqualTo(413);
        assertThat(send(token, "/api/v1/tasks:batch", chunked(new byte[8 * 1024 * 1024])))
                .isEqualTo(200);
        assertThat(send(token, "/api/jobs/batches", chunked(new byte[8 * 1024 * 1024])))
                .isEqualTo(200);
        assertThat(send(token, "/api/v1/tasks:batch", BodyPublishers.ofByteArray(new byte[8 * 1024 * 1024 + 1])))
                .isEqualTo(413);
    }

    @Test
    void a_path_that_ends_with_a_slash_arrives_as_it_is() {
        HttpResponse<String> response =
                Browser.send(Browser.as(Browser.admin(), "/api/cron/jobs/").DELETE());
        assertThat(Browser.json(response).getString("method")).isEqualTo("DELETE");
        assertThat(Browser.json(response).getString("uri")).isEqualTo("/api/cron/jobs/");
    }

    private static BodyPublisher chunked(byte[] body) {
        return BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(body));
    }

    private static int send(String token, String path, BodyPublisher body) {
        HttpResponse<String> response = Browser.send(Browser.as(token, path).POST(body));
        if (response.statusCode() == 200) {
            assertThat(Browser.json(response).getInteger("length")).isPositive();
        }
        return response.statusCode();
    }

    @Test
    void a_service_that_breaks_the_connection_is_502_and_one_that_is_not_there_503() {
        String token = Browser.admin();
        HttpResponse<String> broken = Browser.send(Browser.as(token, "/api/v1/tasks/broken"));
        assertThat(broken.statusCode()).isEqualTo(502);
        assertThat(Browser.json(broken).getString("code")).isEqualTo("BAD_GATEWAY");
        HttpResponse<String> refusing = Browser.send(Browser.as(token, "/api/workers"));
        assertThat(refusing.statusCode()).isEqualTo(503);
        assertThat(Browser.json(refusing).getBoolean("ok")).isFalse();
        assertThat(refusing.headers().firstValue("Retry-After")).contains("1");
        HttpResponse<String> notConfigured = Browser.send(Browser.as(token, "/api/dag/runs"));
        assertThat(notConfigured.statusCode()).isEqualTo(503);
        assertThat(Browser.json(notConfigured).getInteger("code")).isEqualTo(503);
    }
}
