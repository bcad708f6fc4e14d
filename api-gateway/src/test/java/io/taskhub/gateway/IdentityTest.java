package io.taskhub.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@GatewayTest
class IdentityTest {
    @Inject
    DataSource database;

    private static String claims(String authorization) {
        String payload = authorization.split("\\.", -1)[1];
        return new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8);
    }

    private static JsonObject createKey(String role, String more) {
        HttpResponse<String> response = Browser.post(
                Browser.as(Browser.admin(), "/api/keys"),
                "{\"name\":\"importer\",\"role\":\"" + role + "\"" + more + "}");
        assertThat(response.statusCode()).isEqualTo(201);
        return Browser.json(response);
    }

    private static String createUser(String role) {
        String name = "u-" + UUID.randomUUID();
        assertThat(Browser.post(
                                Browser.as(Browser.admin(), "/api/users"),
                                "{\"name\":\"" + name + "\",\"password\":\"secret1\",\"role\":\"" + role + "\"}")
                        .statusCode())
                .isEqualTo(201);
        return name;
    }

    private static int get(String token, String path) {
        return Browser.send(Browser.as(token, path)).statusCode();
    }

    @Test
    void an_api_key_works_in_both_headers_and_becomes_a_short_token() {
        String key = createKey("viewer", "").getString("key");
        for (String[] header : new String[][] {{"Authorization", "Bearer " + key}, {"X-Secretary-Api-Key", key}}) {
            JsonObject seen =
                    Browser.json(Browser.send(Browser.request("/api/v1/tasks/1").header(header[0], header[1])));
            String authorization = seen.getJsonObject("headers").getString("authorization");
            JsonObject claims = new JsonObject(claims(authorization));
            assertThat(claims.getString("sub")).isEqualTo("key:importer");
            assertThat(claims.getString("iss")).isEqualTo("taskhub");
            assertThat(claims.getJsonArray("groups")).containsExactly("viewer");
            assertThat(claims.getLong("exp") - claims.getLong("iat")).isEqualTo(300);
            assertThat(seen.getJsonObject("headers").containsKey("x-secretary-api-key"))
                    .isFalse();
        }
        assertThat(Browser.post(Browser.as(key, "/api/v1/tasks"), "{}").statusCode())
                .isEqualTo(403);
    }

    @Test
    void a_revoked_or_expired_key_is_no_good_and_lists_never_show_one() {
        JsonObject created = createKey("viewer", "");
        String key = created.getString("key");
        assertThat(get(key, "/api/v1/tasks/1")).isEqualTo(200);
        assertThat(Browser.send(Browser.as(Browser.admin(), "/api/keys/" + created.getString("id"))
                                .DELETE())
                        .statusCode())
                .isEqualTo(204);
        assertThat(get(key, "/api/v1/tasks/1")).isEqualTo(401);
        String expiring = createKey(
                        "viewer", ",\"expires_at\":\"" + Instant.now().plusMillis(1500) + "\"")
                .getString("key");
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> get(expiring, "/api/v1/tasks/1") == 401);
        assertThat(Browser.send(Browser.as(Browser.admin(), "/api/keys")).body())
                .contains("importer")
                .doesNotContain("thk_");
        assertThat(get("thk_made-up", "/api/v1/tasks/1")).isEqualTo(401);
    }

    @Test
    void a_role_opens_what_is_its_and_no_more() {
        String viewer = Browser.login(createUser("viewer"), "secret1");
        String operator = Browser.login(createUser("operator"), "secret1");
        String worker = Browser.login(createUser("worker"), "secret1");
        assertThat(get(viewer, "/api/v1/tasks/1")).isEqualTo(200);
        assertThat(get(worker, "/api/v1/tasks/1")).isEqualTo(403);
        assertThat(Browser.post(Browser.as(viewer, "/api/v1/tasks"), "{}").statusCode())
                .isEqualTo(403);
        assertThat(Browser.post(Browser.as(operator, "/api/v1/tasks"), "{}").statusCode())
                .isEqualTo(200);
        // 503: the role is enough, the service is away
        assertThat(Browser.post(Browser.as(worker, "/api/workers/register"), "{}")
                        .statusCode())
                .isEqualTo(503);
        assertThat(Browser.post(Browser.as(operator, "/api/workers/register"), "{}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(get(operator, "/api/users")).isEqualTo(403);
    }

    @Test
    void users_are_changed_and_removed_and_the_last_admin_stays() {
        String admin = Browser.admin();
        String name = createUser("viewer");
        assertThat(Browser.send(Browser.as(admin, "/api/users/" + name)
                                .header("Content-Type", "application/json")
                                .PUT(BodyPublishers.ofString("{\"password\":\"another\",\"role\":\"operator\"}")))
                        .statusCode())
                .isEqualTo(204);
        assertThat(Browser.login(name, "another")).isNotEmpty();
        assertThat(Browser.send(Browser.as(admin, "/api/users/" + name).DELETE())
                        .statusCode())
                .isEqualTo(204);
        HttpResponse<String> last =
                Browser.send(Browser.as(admin, "/api/users/admin").DELETE());
        assertThat(last.statusCode()).isEqualTo(409);
        assertThat(last.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(Browser.json(last).getString("code")).isEqualTo("conflict");
    }

    @Test
    void a_browsers_session_is_a_cookie_that_works_from_our_own_pages_only() {
        HttpResponse<String> opened =
                Browser.post(Browser.request("/api/session"), "{\"username\":\"admin\",\"password\":\"123456\"}");
        assertThat(opened.statusCode()).isEqualTo(200);
        String cookie = opened.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie).contains("HttpOnly").containsIgnoringCase("SameSite=Strict");
        String pair = cookie.split(";", 2)[0];

        JsonObject seen =
                Browser.json(Browser.send(Browser.request("/api/v1/tasks/1").header("Cookie", pair)));
        assertThat(new JsonObject(claims(seen.getJsonObject("headers").getString("authorization"))).getString("sub"))
                .isEqualTo("admin");

        String ours = "http://localhost:" + Browser.port();
        assertThat(postWithCookie(pair, null)).isEqualTo(403);
        assertThat(postWithCookie(pair, "http://evil.example")).isEqualTo(403);
        assertThat(postWithCookie(pair, ours)).isEqualTo(200);

        assertThat(Browser.send(Browser.request("/api/session")
                                .header("Cookie", pair)
                                .header("Origin", ours)
                                .DELETE())
                        .statusCode())
                .isEqualTo(204);
        assertThat(Browser.send(Browser.request("/api/v1/tasks/1").header("Cookie", pair))
                        .statusCode())
                .isEqualTo(401);
    }

    private static int postWithCookie(String cookie, @Nullable String origin) {
        var request = Browser.request("/api/v1/tasks").header("Cookie", cookie);
        return Browser.post(origin == null ? request : request.header("Origin", origin), "{}")
                .statusCode();
    }

    @Test
    void a_rotated_key_signs_from_now_on_and_logs_nobody_out() {
        String before = Browser.admin();
        HttpResponse<String> rotated = Browser.post(Browser.as(before, "/api/admin/keys/rotate"), "");
        assertThat(rotated.statusCode()).isEqualTo(200);
        String kid = Browser.json(rotated).getString("kid");
        String after = Browser.admin();
        assertThat(new String(Base64.getUrlDecoder().decode(after.split("\\.", -1)[0]), StandardCharsets.UTF_8))
                .contains(kid);
        assertThat(get(before, "/api/v1/tasks/1")).isEqualTo(200);
        assertThat(get(after, "/api/v1/tasks/1")).isEqualTo(200);
        JsonObject jwks = Browser.json(Browser.send(Browser.request("/.well-known/jwks.json")));
        assertThat(jwks.getJsonArray("keys").size()).isGreaterThanOrEqualTo(2);
        assertThat(jwks.encode()).doesNotContain("\"d\":").doesNotContain("\"p\":");
    }

    @Test
    void a_private_key_is_never_stored_as_it_is() throws SQLException {
        try (var connection = database.getConnection();
                var rows = connection
                        .createStatement()
                        .executeQuery("select sealed_private_key, public_key from signing_keys")) {
            assertThat(rows.next()).isTrue();
            byte[] modulus = rows.getBytes(2);
            // PKCS#8 repeats the modulus in the clear: sealed, it must not be there.
            String piece = new String(modulus, 60, 32, StandardCharsets.ISO_8859_1);
            assertThat(new String(rows.getBytes(1), StandardCharsets.ISO_8859_1))
                    .doesNotContain(piece);
        }
    }

    @Test
    void what_happens_to_users_and_keys_is_written_down() {
        String id = createKey("viewer", "").getString("id");
        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            try (var connection = database.getConnection();
                    var query = connection.prepareStatement(
                            "select actor, outcome from audit where action = 'key.create' and target = ?")) {
                query.setString(1, id);
                try (var rows = query.executeQuery()) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getString(1)).isEqualTo("admin");
                    assertThat(rows.getString(2)).isEqualTo("ok");
                }
            }
        });
    }
}
