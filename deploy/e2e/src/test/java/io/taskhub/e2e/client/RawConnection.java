package io.taskhub.e2e.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Bytes exactly as written, for requests that no HTTP library would send. */
public final class RawConnection {
    private RawConnection() {}

    /** Sends the text (line feeds become CR LF) and reads until the peer closes or says nothing for a while. */
    public static String exchange(URI to, String text) {
        return exchangeExactly(to, text.replace("\n", "\r\n"));
    }

    public static String exchangeExactly(URI to, String text) {
        try (java.net.Socket socket = new java.net.Socket(to.getHost(), to.getPort())) {
            socket.setSoTimeout(1_500);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return readAll(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The status of each response in the text, in order. */
    public static java.util.List<Integer> statuses(String responses) {
        return java.util.regex.Pattern.compile("HTTP/1\\.[01] (\\d{3})")
                .matcher(responses)
                .results()
                .map(m -> Integer.valueOf(m.group(1)))
                .toList();
    }

    private static String readAll(InputStream in) throws IOException {
        StringBuilder all = new StringBuilder();
        byte[] buffer = new byte[8_192];
        try {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                all.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
            }
        } catch (java.net.SocketTimeoutException | java.net.SocketException quiet) {
            // kept alive or reset: what came is the answer
        }
        return all.toString();
    }
}
