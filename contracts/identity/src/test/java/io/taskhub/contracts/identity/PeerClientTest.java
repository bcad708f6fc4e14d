package io.taskhub.contracts.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PeerClientTest {
    private static final Duration SOON = Duration.ofSeconds(5);

    private final List<HttpServer> servers = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();

    @AfterEach
    void stop() {
        servers.forEach(server -> server.stop(0));
    }

    /** A replica that answers with what {@code status} says then. */
    private URI replica(AtomicInteger status) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            heard.add(exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        server.start();
        servers.add(server);
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private static URI nobody() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
    }

    private static int get(PeerClient peer) throws IOException, InterruptedException {
        return peer.get("/internal/stats", SOON).status();
    }

    @Test
    void a_replica_that_refuses_the_connection_is_passed_over_at_once() throws Exception {
        try (var peer = new PeerClient("peer", List.of(nobody(), replica(new AtomicInteger(204))), () -> "t")) {
            assertThat(peer.post("/x", "{}".getBytes(StandardCharsets.UTF_8), SOON)
                            .isSuccess())
                    .isTrue();
            assertThat(heard).containsExactly("Bearer t {}");
        }
    }

    @Test
    void a_body_of_any_kind_is_sent_whole_to_the_replica_that_takes_it() throws Exception {
        try (var peer = new PeerClient("peer", List.of(nobody(), replica(new AtomicInteger(201))), () -> "t")) {
            assertThat(peer.put("/x", "text/plain", HttpRequest.BodyPublishers.ofString("a file"), SOON)
                            .status())
                    .isEqualTo(201);
            assertThat(heard).containsExactly("Bearer t a file");
        }
    }

    @Test
    void a_replica_that_fails_is_left_for_the_next_one_and_one_that_says_no_is_not() throws Exception {
        AtomicInteger first = new AtomicInteger(503);
        AtomicInteger second = new AtomicInteger(404);
        try (var peer = new PeerClient("peer", List.of(replica(first), replica(second)), () -> "t")) {
            List<Integer> answers = new ArrayList<>(List.of(get(peer), get(peer), get(peer)));
            assertThat(answers.subList(1, 3)).containsExactly(404, 404);
            second.set(503);
            assertThat(Stream.of(get(peer), get(peer))).containsExactly(503, 503);
            first.set(200);
            second.set(200);
            assertThat(get(peer)).isEqualTo(200);
        }
    }

    @Test
    void where_nobody_takes_the_connection_the_request_was_certainly_not_seen() throws Exception {
        try (var peer = new PeerClient("peer", List.of(nobody(), nobody()), () -> "t")) {
            assertThatThrownBy(() -> get(peer))
                    .isInstanceOf(PeerClient.UnreachableException.class)
                    .hasMessageContaining("peer is unreachable");
        }
        assertThatThrownBy(() -> new PeerClient("peer", List.of(), () -> "t"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
