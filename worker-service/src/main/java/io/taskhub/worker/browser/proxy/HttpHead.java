package io.taskhub.worker.browser.proxy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The start line and the fields of an HTTP/1.1 message. */
record HttpHead(String start, List<Field> fields) {
    private static final int MOST_BYTES = 256 << 10;
    private static final int STATUS = "HTTP/1.1 ".length();

    /** Fields that belong to one connection and are not passed on (RFC 9110 §7.6.1). */
    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authorization",
            "proxy-authenticate",
            "te",
            "upgrade");

    record Field(String name, String value) {
        boolean is(String other) {
            return name.equalsIgnoreCase(other);
        }
    }

    HttpHead {
        fields = List.copyOf(fields);
    }

    /** Reads up to the empty line and nothing beyond. {@code in} should be buffered. */
    static HttpHead read(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        String start = "";
        List<Field> fields = new ArrayList<>();
        for (int read = 0; read < MOST_BYTES; read++) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the head of a message was cut off");
            }
            if (next != '\n') {
                line.write(next);
                continue;
            }
            String text = line.toString(StandardCharsets.ISO_8859_1);
            text = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
            line.reset();
            if (start.isEmpty()) {
                start = text;
            } else if (text.isEmpty()) {
                return new HttpHead(start, fields);
            } else {
                fields.add(field(text));
            }
        }
        throw new ProtocolException("the head of a message is too long");
    }

    private static Field field(String line) throws ProtocolException {
        int colon = line.indexOf(':');
        if (colon <= 0 || line.substring(0, colon).chars().anyMatch(c -> c <= ' ')) {
            throw new ProtocolException("not a header field");
        }
        return new Field(line.substring(0, colon), line.substring(colon + 1).strip());
    }

    List<String> values(String name) {
        return fields.stream().filter(field -> field.is(name)).map(Field::value).toList();
    }

    /** For the next hop, which is asked to close the connection after one message. {@code without}: fields that are left out too. */
    HttpHead passedOn(String newStart, Set<String> without) {
        List<Field> kept = new ArrayList<>(fields.stream()
                .filter(field -> !HOP_BY_HOP.contains(field.name().toLowerCase(Locale.ROOT)))
                .filter(field -> !without.contains(field.name().toLowerCase(Locale.ROOT)))
                .toList());
        kept.add(new Field("Connection", "close"));
        return new HttpHead(newStart, kept);
    }

    HttpHead with(String name, String value) {
        List<Field> more = new ArrayList<>(fields);
        more.add(new Field(name, value));
        return new HttpHead(start, more);
    }

    /** Of a response: another one follows (100, 103). */
    boolean interim() {
        return start.length() > STATUS && start.charAt(STATUS) == '1';
    }

    byte[] bytes() {
        StringBuilder text = new StringBuilder(start).append("\r\n");
        fields.forEach(field ->
                text.append(field.name()).append(": ").append(field.value()).append("\r\n"));
        return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
