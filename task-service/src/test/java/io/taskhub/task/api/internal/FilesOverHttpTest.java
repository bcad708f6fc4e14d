package io.taskhub.task.api.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.taskhub.task.TaskServiceTest;
import io.taskhub.task.api.Calls;
import io.taskhub.task.artifact.ArtifactConfig;
import io.taskhub.task.artifact.Artifacts;
import io.taskhub.task.queue.RunOfATask;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@TaskServiceTest
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FilesOverHttpTest {
    private static final String HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    @Inject
    Calls calls;

    @Inject
    RunOfATask runs;

    @Inject
    Artifacts artifacts;

    @Inject
    ArtifactConfig config;

    private RequestSpecification bytes() {
        return calls.service().contentType("application/octet-stream");
    }

    private ValidatableResponse put(RunOfATask.Run run, String query, byte[] content) {
        return bytes().body(content)
                .put("/internal/artifacts/" + run.task().uuid() + "/" + run.claim() + query)
                .then();
    }

    private RunOfATask.Run withFile(String path, String mime, byte[] content) {
        RunOfATask.Run run = runs.start();
        put(run, "?path=" + path + "&label=l&mime=" + mime, content).statusCode(201);
        return run;
    }

    private static String url(RunOfATask.Run run, String path) {
        return "/internal/test-files/" + run.task().uuid() + "/" + path;
    }

    @Test
    void a_file_is_stored_for_the_current_claim() {
        RunOfATask.Run run = runs.start();
        put(run, "?path=DE%2F%C3%B6%20b%2B%26.md&label=Ein%20Titel&mime=text/markdown", "hello".getBytes(UTF_8))
                .statusCode(201)
                .body("path", equalTo("DE/ö b+&.md"))
                .body("label", equalTo("Ein Titel"))
                .body("mime", equalTo("text/markdown"))
                .body("size", equalTo(5))
                .body("sha256", equalTo(HELLO));
        put(run, "?path=plain", new byte[0])
                .statusCode(201)
                .body("label", equalTo("plain"))
                .body("mime", equalTo("application/octet-stream"))
                .body("size", equalTo(0));
        String claim = "/internal/artifacts/" + run.task().uuid() + "/";
        bytes().body(new byte[1])
                .put(claim + (run.claim() + 1) + "?path=a")
                .then()
                .statusCode(409)
                .body("code", equalTo("conflict"));
        bytes().body(new byte[1])
                .put("/internal/artifacts/" + UUID.randomUUID() + "/1?path=a")
                .then()
                .statusCode(409);
        put(run, "", new byte[1]).statusCode(400).body("code", equalTo("invalid_request"));
        put(run, "?path=../a", new byte[1]).statusCode(400);
        put(run, "?path=a&mime=png", new byte[1]).statusCode(400);
        RestAssured.given()
                .contentType("application/octet-stream")
                .body(new byte[1])
                .put(claim + "1?path=a")
                .then()
                .statusCode(401);
        calls.as("root", "admin", "operator", "worker")
                .contentType("application/octet-stream")
                .body(new byte[1])
                .put(claim + "1?path=a")
                .then()
                .statusCode(403);
    }

    @Test
    void the_largest_file_passes_and_a_larger_one_does_not() {
        RunOfATask.Run run = runs.start();
        byte[] largest = new byte[32 << 20];
        put(run, "?path=a", largest).statusCode(201).body("size", equalTo(largest.length));
        put(run, "?path=b", new byte[largest.length + 1]).statusCode(413);
        assertThat(artifacts.of(run.task())).hasSize(1);
    }

    @Test
    void what_is_held_in_memory_may_not_be_as_large_as_a_file() throws Exception {
        String head = "POST /api/tasks HTTP/1.1\r\nHost: a\r\nContent-Length: 13000000\r\n\r\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            socket.getOutputStream().write(head.getBytes(UTF_8));
            var answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
            assertThat(answer.readLine()).startsWith("HTTP/1.1 413");
        }
    }

    @Test
    void a_file_is_answered_with_everything_that_caches_and_browsers_want_to_know() {
        RunOfATask.Run run = withFile("x/a%20b.md", "text/markdown", "hello".getBytes(UTF_8));
        String url = url(run, "x/a%20b.md");
        String modified = calls.service()
                .get(url)
                .then()
                .statusCode(200)
                .body(equalTo("hello"))
                .header("Content-Length", "5")
                .header("Content-Type", containsString("text/markdown"))
                .header("ETag", "\"" + HELLO + "\"")
                .header("Accept-Ranges", "bytes")
                .header("Content-Disposition", "attachment; filename=\"a b.md\"; filename*=UTF-8''a%20b.md")
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "sandbox")
                .header("Cache-Control", "private, no-cache")
                .header("Transfer-Encoding", nullValue())
                .extract()
                .header("Last-Modified");
        calls.service()
                .header("Range", "bytes=1-2")
                .head(url)
                .then()
                .statusCode(200)
                .header("Content-Length", "5")
                .header("ETag", "\"" + HELLO + "\"")
                .body(equalTo(""));
        calls.service()
                .header("If-None-Match", "W/\"x\", \"" + HELLO + "\"")
                .get(url)
                .then()
                .statusCode(304)
                .header("ETag", "\"" + HELLO + "\"")
                .body(equalTo(""));
        calls.service().header("If-Modified-Since", modified).get(url).then().statusCode(304);
        calls.service().header("If-None-Match", "\"x\"").get(url).then().statusCode(200);
        calls.service().get(url(run, "x")).then().statusCode(404);
    }

    @Test
    void one_range_is_answered_alone_and_several_with_the_whole() {
        RunOfATask.Run run = withFile("a", "image/png", "hello".getBytes(UTF_8));
        String url = url(run, "a");
        calls.service()
                .header("Range", "bytes=1-3")
                .get(url)
                .then()
                .statusCode(206)
                .header("Content-Range", "bytes 1-3/5")
                .header("Content-Length", "3")
                .header("Content-Disposition", containsString("inline"))
                .body(equalTo("ell"));
        calls.service()
                .header("Range", "bytes=-2")
                .get(url)
                .then()
                .statusCode(206)
                .body(equalTo("lo"));
        calls.service()
                .header("Range", "bytes=5-")
                .get(url)
                .then()
                .statusCode(416)
                .header("Content-Range", "bytes */5");
        calls.service()
                .header("Range", "bytes=0-1,3-4")
                .get(url)
                .then()
                .statusCode(200)
                .body(equalTo("hello"));
        calls.service()
                .header("Range", "bytes=0-1")
                .header("If-Range", "\"" + HELLO + "\"")
                .get(url)
                .then()
                .statusCode(206);
        calls.service()
                .header("Range", "bytes=0-1")
                .header("If-Range", "\"x\"")
                .get(url)
                .then()
                .statusCode(200);
    }

    @Test
    void large_and_empty_files_come_back_as_they_went() {
        byte[] large = new byte[5 << 20];
        new Random(7).nextBytes(large);
        RunOfATask.Run run = withFile("large", "a/b", large);
        put(run, "?path=empty", new byte[0]).statusCode(201);
        assertThat(calls.service().get(url(run, "large")).asByteArray()).isEqualTo(large);
        byte[] part = calls.service()
                .header("Range", "bytes=1000000-4000000")
                .get(url(run, "large"))
                .asByteArray();
        assertThat(part).isEqualTo(Arrays.copyOfRange(large, 1_000_000, 4_000_001));
        calls.service().get(url(run, "empty")).then().statusCode(200).header("Content-Length", "0");
    }

    @Test
    void bytes_that_are_gone_are_not_found() throws Exception {
        RunOfATask.Run run = withFile("a", "a/b", new byte[1]);
        try (Stream<Path> files =
                Files.walk(config.dir().resolve(run.task().uuid().toString()))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
        calls.service().get(url(run, "a")).then().statusCode(404).body("code", equalTo("not_found"));
    }

    @Test
    void a_file_that_breaks_off_does_not_look_whole() throws Exception {
        RunOfATask.Run run = withFile("a", "a/b", new byte[5 << 20]);
        try (Stream<Path> files =
                Files.walk(config.dir().resolve(run.task().uuid().toString()))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.write(file, new byte[1 << 20]);
            }
        }
        assertThatThrownBy(() -> calls.service().get(url(run, "a")).asByteArray())
                .isInstanceOf(IOException.class);
    }
}
