package io.taskhub.worker.browser.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskhub.worker.net.AddressRules;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CheckingProxyTest {
    private final ServerSocket server;
    private final CheckingProxy proxy;
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
        assertThat(proxy.refused()).isEqualTo(4);
        assertThat(refusals).containsExactly("private address refused: in", "private address refused: out:5432");
        assertThat(proxy.trouble("in"))
                .hasValueSatisfying(trouble -> assertThat(trouble.refused()).isTrue());
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
