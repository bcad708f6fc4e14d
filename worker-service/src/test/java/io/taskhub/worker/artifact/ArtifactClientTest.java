package io.taskhub.worker.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.taskhub.contracts.StoredArtifact;
import io.taskhub.contracts.identity.PeerClient;
import io.taskhub.worker.executor.Work;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ArtifactClientTest {
    private static final String TASK = UUID.randomUUID().toString();
    private static final Artifacts.Description FILE =
            new Artifacts.Description("a b/ö+&.md", "a label", "text/markdown; charset=utf-8");
    private static final StoredArtifact STORED = new StoredArtifact("a b/ö+&.md", "a label", "text/markdown", 2, "00");

    private final ObjectMapper json = new ObjectMapper();
    private final Queue<Integer> statuses = new ArrayDeque<>();
    private final Queue<String> requests = new ConcurrentLinkedQueue<>();
    private final AtomicLong bytes = new AtomicLong();
    private final URI nobody = URI.create("http://127.0.0.1:1");
    private HttpServer server;
    private URI url;

    @TempDir
    Path directory;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        server.createContext("/", exchange -> {
            try (InputStream body = exchange.getRequestBody()) {
                bytes.addAndGet(body.transferTo(java.io.OutputStream.nullOutputStream()));
            }
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            Integer status = statuses.poll();
            byte[] answer = status == null ? json.writeValueAsBytes(STORED) : "no".getBytes(UTF_8);
            exchange.sendResponseHeaders(status == null ? 201 : status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private ArtifactClient client(Duration patience, URI... urls) {
        return new ArtifactClient(List.of(urls), () -> "token", patience, json);
    }

    private static Work work(int claim) {
        return new Work(TASK, "1", "document", "q", "{}", 0, 1, claim, null);
    }

    @Test
    void a_file_is_sent_for_the_task_and_the_claim_by_the_services_own_identity() throws Exception {
        Path large = directory.resolve("large");
        Files.write(large, new byte[3 << 20]);
        try (ArtifactClient client = client(Duration.ofSeconds(5), nobody, url)) {
            assertThat(client.store(work(7), FILE, large)).isEqualTo(STORED);
        }
        assertThat(requests)
                .containsExactly("PUT /internal/artifacts/" + TASK
                        + "/7?path=a%20b%2F%C3%B6%2B%26.md&label=a%20label&mime=text%2Fmarkdown%3B%20charset%3Dutf-8"
                        + " Bearer token");
        assertThat(bytes).hasValue(3 << 20);
    }

    @Test
    void what_may_pass_is_tried_again() throws Exception {
        statuses.addAll(List.of(503, 429, 401));
        try (ArtifactClient client = client(Duration.ofSeconds(20), url)) {
            assertThat(client.store(work(1), FILE, "hi".getBytes(UTF_8))).isEqualTo(STORED);
        }
        assertThat(requests).hasSize(4);
        assertThat(bytes).hasValue(8);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 409, 413})
    void a_refusal_is_final(int status) {
        statuses.add(status);
        try (ArtifactClient client = client(Duration.ofSeconds(20), url)) {
            assertThatThrownBy(() -> client.store(work(1), FILE, new byte[0]))
                    .isInstanceOf(ArtifactRefusedException.class)
                    .hasMessageContaining("answered " + status + ": no");
        }
        assertThat(requests).hasSize(1);
    }

    @Test
    void patience_ends_and_a_run_without_a_task_has_no_place_for_files() {
        try (ArtifactClient client = client(Duration.ofMillis(50), nobody)) {
            assertThatThrownBy(() -> client.store(work(1), FILE, new byte[0]))
                    .isInstanceOf(PeerClient.UnreachableException.class);
            assertThatThrownBy(() -> client.store(work(0), FILE, new byte[0]))
                    .isInstanceOf(ArtifactRefusedException.class);
        }
    }

    @Test
    void an_interrupted_run_does_not_wait() throws Exception {
        var ended = new AtomicReference<Throwable>();
        statuses.addAll(List.of(503, 503, 503, 503, 503, 503, 503, 503, 503, 503));
        try (ArtifactClient client = client(Duration.ofMinutes(1), url)) {
            Thread run = Thread.ofVirtual().start(() -> {
                try {
                    client.store(work(1), FILE, new byte[0]);
                } catch (IOException | InterruptedException e) {
                    ended.set(e);
                }
            });
            Awaitility.await().until(() -> requests.size() > 1);
            run.interrupt();
            run.join();
        }
        assertThat(ended.get()).isInstanceOf(InterruptedException.class);
    }
}
