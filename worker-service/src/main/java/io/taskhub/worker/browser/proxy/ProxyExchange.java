package io.taskhub.worker.browser.proxy;

import io.taskhub.worker.net.AddressRefusedException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Set;

/**
 * One connection of a browser: one tunnel, or one plain request. Plain connections are never used twice, for what follows the first
 * request on one could be meant for another host.
 */
final class ProxyExchange {
    private static final int HEAD_MS = 60_000;
    private static final int CHUNK = 16 << 10;

    private final CheckingProxy proxy;
    private final Socket client;
    private final InputStream in;
    private final OutputStream out;

    ProxyExchange(CheckingProxy proxy, Socket client) throws IOException {
        this.proxy = proxy;
        this.client = client;
        this.in = new BufferedInputStream(client.getInputStream());
        this.out = client.getOutputStream();
    }

    void run() throws IOException {
        client.setTcpNoDelay(true);
        client.setSoTimeout(HEAD_MS);
        HttpHead request = HttpHead.read(in);
        if (!authorized(request)) {
            answer("407 Proxy Authentication Required", "Proxy-Authenticate: Basic realm=\"browser\"\r\n", "");
            return;
        }
        Target target;
        long body;
        try {
            target = Target.of(request.start());
            body = bodyLength(request);
        } catch (ProtocolException e) {
            answer("400 Bad Request", "", String.valueOf(e.getMessage()));
            return;
        }
        try (Socket server = dial(target)) {
            client.setSoTimeout(0);
            if (target.path() == null) {
                tunnel(server);
            } else {
                exchange(request, body, target, server);
            }
        } catch (DialException e) {
            proxy.failed(target, e.refused(), e.reason());
            answer(e.refused() ? "403 Forbidden" : "502 Bad Gateway", "", e.reason());
        }
    }

    /** The server could not be had, and the browser is to be told. */
    private static final class DialException extends IOException {
        private final boolean refused;

        DialException(boolean refused, String reason) {
            super(reason);
            this.refused = refused;
        }

        boolean refused() {
            return refused;
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }

    private Socket dial(Target target) throws DialException {
        try {
            return proxy.dial(target);
        } catch (AddressRefusedException e) {
            throw new DialException(true, String.valueOf(e.getMessage()));
        } catch (UnknownHostException e) {
            throw new DialException(false, "unknown host: " + target.host());
        } catch (IOException e) {
            throw new DialException(false, target.authority() + ": " + e.getMessage());
        }
    }

    private void tunnel(Socket server) throws IOException {
        out.write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
        Thread up = Thread.startVirtualThread(() -> relay(in, server));
        server.getInputStream().transferTo(out);
        client.shutdownOutput();
        join(up);
    }

    /** One direction, in a thread of its own: up to the end, or until the other direction closed the sockets. */
    private static void relay(InputStream from, Socket to) {
        try {
            from.transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            // The other direction is over too, or soon will be: whoever reads there sees the same end.
            return;
        }
    }

    private void exchange(HttpHead request, long body, Target target, Socket server) throws IOException {
        String method = request.start().substring(0, request.start().indexOf(' '));
        HttpHead onwards = request.passedOn(method + " " + target.path() + " HTTP/1.1", Set.of("host"))
                .with("Host", target.authority());
        OutputStream up = server.getOutputStream();
        up.write(onwards.bytes());
        InputStream down = new BufferedInputStream(server.getInputStream());
        Thread sender = Thread.startVirtualThread(() -> send(body, up));
        HttpHead response = HttpHead.read(down);
        while (response.interim()) {
            response = HttpHead.read(down);
        }
        out.write(response.passedOn(response.start(), Set.of(CheckingProxy.OWN_ANSWER))
                .bytes());
        down.transferTo(out);
        client.shutdownOutput();
        server.close();
        client.close();
        join(sender);
    }

    private void send(long body, OutputStream up) {
        try {
            byte[] chunk = new byte[CHUNK];
            for (long left = body; left > 0; ) {
                int count = in.read(chunk, 0, (int) Math.min(left, chunk.length));
                if (count < 0) {
                    return;
                }
                up.write(chunk, 0, count);
                left -= count;
            }
            up.flush();
            if (in.read() < 0) {
                // The browser gave up: the server need not go on.
                up.close();
            }
        } catch (IOException e) {
            // Whoever reads the answer sees the same end.
            return;
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(String status, String fields, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 " + status + "\r\n" + fields + CheckingProxy.OWN_ANSWER + ": "
                + text.replaceAll("\\p{Cntrl}", " ") + "\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: "
                + body.length + "\r\nConnection: close\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        out.flush();
        client.shutdownOutput();
    }

    private boolean authorized(HttpHead request) {
        List<String> given = request.values("proxy-authorization");
        return given.size() == 1
                && MessageDigest.isEqual(
                        given.getFirst().getBytes(StandardCharsets.ISO_8859_1),
                        proxy.authorization().getBytes(StandardCharsets.ISO_8859_1));
    }

    private static long bodyLength(HttpHead request) throws ProtocolException {
        if (!request.values("transfer-encoding").isEmpty()) {
            throw new ProtocolException("a body needs a length");
        }
        List<String> lengths =
                request.values("content-length").stream().distinct().toList();
        try {
            return lengths.isEmpty() ? 0 : Long.parseUnsignedLong(lengths.getFirst());
        } catch (NumberFormatException e) {
            throw new ProtocolException("bad content-length");
        }
    }
}
