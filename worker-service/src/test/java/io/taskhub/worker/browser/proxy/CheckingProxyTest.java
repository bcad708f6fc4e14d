package io.taskhub.worker.browser.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskhub.worker.net.AddressRules;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CheckingProxyTest {
    private static final InetAddress[] PUBLIC = {InetAddress.ofLiteral("8.8.8.8")};

    private final ServerSocket server;
    private CheckingProxy proxy;
    private final List<String> refusals = new CopyOnWriteArrayList<>();
    private final List<InetSocketAddress> dialled = new CopyOnWriteArrayList<>();

    CheckingProxyTest() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        AddressRules rules = new AddressRules(
                false, host -> new InetAddress[] {InetAddress.getByName(host.equals("out") ? "8.8.8.8" : "10.0.0.1")});
        proxy = CheckingProxy.start(
                new Dialer(rules, (socket, address, ms) -> {
                    dialled.add(address);
                    socket.connect(server.getLocalSocketAddress(), ms);
                }),
                refusals::add);
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        server.close();
    }

    private void with(AddressRules.Resolver resolver, Dialer.Connector connector) throws IOException {
        proxy.close();
        proxy = CheckingProxy.start(new Dialer(new AddressRules(false, resolver), connector), refusals::add);
    }

    private Socket ask(String start, String rest) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        socket.setSoTimeout(5_000);
        write(socket, start + "\r\nProxy-Authorization: " + proxy.authorization() + "\r\n" + rest);
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String all(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    private static String read(Socket socket, int count) throws IOException {
        return new String(socket.getInputStream().readNBytes(count), StandardCharsets.ISO_8859_1);
    }

    @Test
    void a_request_goes_to_the_address_that_was_checked_once_and_without_our_credentials() throws IOException {
        String asked =
                "POST /a?b=%7C HTTP/1.1\r\nX: y\r\nContent-Length: 4\r\nHost: out:81\r\nConnection: close\r\n\r\nbody";
        try (Socket client = ask(
                        "POST http://out:81/a?b=%7C#c HTTP/1.1",
                        "Host: other\r\nX: y\r\nProxy-Connection: keep-alive\r\nContent-Length: 4\r\n\r\nbodyGET http://in/ HTTP/1.1\r\n");
                Socket served = server.accept()) {
            served.setSoTimeout(5_000);
            assertThat(read(served, asked.length()).lines().sorted())
                    .containsExactlyElementsOf(asked.lines().sorted().toList());
            write(
                    served,
                    "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nConnection: keep-alive\r\nA: b\r\n\r\nyes");
            served.shutdownOutput();
            assertThat(all(client)).isEqualTo("HTTP/1.1 200 OK\r\nA: b\r\nConnection: close\r\n\r\nyes");
            assertThat(all(served)).isEmpty();
        }
        assertThat(dialled).extracting(InetSocketAddress::getPort).containsExactly(81);
        assertThat(dialled.getFirst().getAddress().getHostAddress()).isEqualTo("8.8.8.8");
    }

    @Test
    void a_tunnel_carries_both_directions_until_each_ends() throws IOException {
        try (Socket client = ask("CONNECT out:443 HTTP/1.1", "Host: out:443\r\n\r\n");
                Socket served = server.accept()) {
            served.setSoTimeout(5_000);
            assertThat(read(client, 39)).isEqualTo("HTTP/1.1 200 Connection established\r\n\r\n");
            write(client, "ping");
            assertThat(read(served, 4)).isEqualTo("ping");
            client.shutdownOutput();
            assertThat(all(served)).isEmpty();
            write(served, "pong");
            served.shutdownOutput();
            assertThat(all(client)).isEqualTo("pong");
        }
    }

    @Test
    void whoever_has_no_credentials_gets_nothing() throws IOException {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
            write(client, "GET http://out/ HTTP/1.1\r\nProxy-Authorization: Basic eDp5\r\n\r\n");
            assertThat(all(client)).startsWith("HTTP/1.1 407 ");
        }
        assertThat(dialled).isEmpty();
    }

    @Test
    void private_addresses_and_ports_of_databases_are_refused_and_told_once() throws IOException {
        for (String start : List.of(
                "GET http://in/ HTTP/1.1",
                "CONNECT in:443 HTTP/1.1",
                "CONNECT out:5432 HTTP/1.1",
                "GET http://out:25/ HTTP/1.1")) {
            try (Socket client = ask(start, "\r\n")) {
                assertThat(all(client)).startsWith("HTTP/1.1 403 ");
            }
        }
        assertThat(dialled).isEmpty();
        assertThat(refusals)
                .containsExactly(
                        "private address refused: in",
                        "private address refused: out:5432",
                        "private address refused: out:25");
        for (String url : List.of("http://in", "https://IN/a|b", "http://out:5432?c", "https://out:25/")) {
            assertThat(proxy.trouble(url)).as(url).hasValueSatisfying(trouble -> assertThat(trouble.refused())
                    .isTrue());
        }
        assertThat(proxy.trouble("http://out/")).isEmpty();
        assertThat(proxy.trouble("about:blank")).isEmpty();
    }

    @Test
    void a_page_that_is_refused_much_is_not_told_all_of_it() throws IOException {
        for (int host = 0; host < 60; host++) {
            try (Socket client = ask("CONNECT in" + host + ":443 HTTP/1.1", "\r\n")) {
                assertThat(all(client)).startsWith("HTTP/1.1 403 ");
            }
        }
        assertThat(refusals).hasSize(50).endsWith("further refusals are left out");
    }

    @Test
    void its_own_answers_are_marked_and_a_site_cannot_mark_its() throws IOException {
        try (Socket client = ask("GET http://in/ HTTP/1.1", "\r\n")) {
            assertThat(all(client)).contains("\r\n" + CheckingProxy.OWN_ANSWER + ": private address refused: in\r\n");
        }
        try (Socket client = ask("GET http://out/ HTTP/1.1", "\r\n");
                Socket served = server.accept()) {
            write(served, "HTTP/1.1 403 No\r\nTaskHub-Proxy: x\r\n\r\n");
            served.shutdownOutput();
            assertThat(all(client)).isEqualTo("HTTP/1.1 403 No\r\nConnection: close\r\n\r\n");
        }
    }

    @Test
    void a_servers_trouble_is_over_when_it_can_be_had_again() throws IOException {
        AtomicBoolean up = new AtomicBoolean();
        with(host -> PUBLIC, (socket, address, ms) -> {
            if (!up.get()) {
                throw new ConnectException("down");
            }
            socket.connect(server.getLocalSocketAddress(), ms);
        });
        try (Socket client = ask("CONNECT out:443 HTTP/1.1", "\r\n")) {
            assertThat(all(client)).startsWith("HTTP/1.1 502 ");
        }
        assertThat(proxy.trouble("https://out/")).contains(new CheckingProxy.Trouble(false, "out:443: down"));
        up.set(true);
        try (Socket client = ask("CONNECT out:443 HTTP/1.1", "\r\n")) {
            assertThat(read(client, 39)).endsWith("\r\n\r\n");
        }
        assertThat(proxy.trouble("https://out/")).isEmpty();
    }

    @Test
    void four_addresses_of_a_host_are_tried_in_ten_seconds() throws IOException {
        List<Integer> limits = new CopyOnWriteArrayList<>();
        InetAddress[] many = new InetAddress[9];
        Arrays.fill(many, PUBLIC[0]);
        with(host -> many, (socket, address, ms) -> {
            limits.add(ms);
            throw new ConnectException("down");
        });
        try (Socket client = ask("CONNECT out:443 HTTP/1.1", "\r\n")) {
            assertThat(all(client)).startsWith("HTTP/1.1 502 ");
        }
        assertThat(limits).hasSize(4).isSorted();
        assertThat(limits.getFirst()).isBetween(1_000, 2_500);
        assertThat(limits.getLast()).isBetween(5_000, 10_000);
    }

    @Test
    void a_connection_that_is_still_being_made_ends_with_it() throws Exception {
        CompletableFuture<Socket> connecting = new CompletableFuture<>();
        CountDownLatch over = new CountDownLatch(1);
        with(host -> PUBLIC, (socket, address, ms) -> {
            connecting.complete(socket);
            hold(over);
        });
        try (Socket client = ask("CONNECT out:443 HTTP/1.1", "\r\n")) {
            Socket made = connecting.get(5, TimeUnit.SECONDS);
            proxy.close();
            assertThat(made.isClosed()).isTrue();
            over.countDown();
            assertThat(all(client)).isEmpty();
        } finally {
            over.countDown();
        }
    }

    @Test
    void a_page_looks_up_a_few_names_at_a_time() throws Exception {
        Semaphore asked = new Semaphore(0);
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch answer = new CountDownLatch(1);
        with(
                host -> {
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    asked.release();
                    hold(answer);
                    now.decrementAndGet();
                    return PUBLIC;
                },
                (socket, address, ms) -> socket.connect(server.getLocalSocketAddress(), ms));
        List<Socket> clients = new ArrayList<>();
        try {
            for (int host = 0; host < 8; host++) {
                clients.add(ask("CONNECT out" + host + ":443 HTTP/1.1", "\r\n"));
            }
            assertThat(asked.tryAcquire(4, 5, TimeUnit.SECONDS)).isTrue();
            answer.countDown();
            for (Socket client : clients) {
                assertThat(read(client, 39)).endsWith("\r\n\r\n");
            }
            assertThat(most).hasValueLessThanOrEqualTo(4);
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
    }

    private static void hold(CountDownLatch until) {
        try {
            assertThat(until.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void what_is_no_request_for_a_proxy_is_answered_400() throws IOException {
        for (String start : List.of(
                "GET / HTTP/1.1",
                "GET ftp://out/ HTTP/1.1",
                "CONNECT out HTTP/1.1",
                "GET http://u@out/ HTTP/1.1",
                "x")) {
            try (Socket client = ask(start, "\r\n")) {
                assertThat(all(client)).as(start).startsWith("HTTP/1.1 400 ");
            }
        }
    }

    @Test
    void its_connections_end_with_it() throws IOException {
        try (Socket client = ask("CONNECT out:443 HTTP/1.1", "\r\n");
                Socket served = server.accept()) {
            served.setSoTimeout(5_000);
            assertThat(read(client, 39)).endsWith("\r\n\r\n");
            proxy.close();
            assertThat(all(served)).isEmpty();
        }
    }
}
