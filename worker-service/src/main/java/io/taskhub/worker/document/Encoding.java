package io.taskhub.worker.document;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** In which characters a page is written: as its first bytes say, else its header, else its own {@code meta}, else what its bytes look like. */
final class Encoding {
    private static final Pattern CHARSET = Pattern.compile("(?i)charset\\s*=\\s*[\"']?\\s*([\\w.:-]+)");
    private static final Pattern META = Pattern.compile("(?is)<meta[^>]*?charset\\s*=\\s*[\"']?\\s*([\\w.:-]+)");
    private static final Pattern XML = Pattern.compile("(?is)\\A\\s*<\\?xml[^>]*?encoding\\s*=\\s*[\"']([\\w.:-]+)");
    private static final int SNIFFED = 8 << 10;
    private static final int CHUNK = 64 << 10;

    /** What pages mean when they say Latin-1, or nothing. */
    private static final Charset WESTERN = Charset.forName("windows-1252");

    private Encoding() {}

    /** @param type the header {@code Content-Type}, "" when there is none */
    static Charset of(Path file, String type) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(SNIFFED);
        }
        String text = new String(head, StandardCharsets.ISO_8859_1);
        return byMark(text)
                .or(() -> named(CHARSET, type))
                .or(() -> named(XML, text))
                .or(() -> named(META, text).map(Encoding::readable))
                .orElse(isUtf8(file) ? StandardCharsets.UTF_8 : WESTERN);
    }

    private static Optional<Charset> byMark(String head) {
        if (head.startsWith("\u00ef\u00bb\u00bf")) {
            return Optional.of(StandardCharsets.UTF_8);
        }
        if (head.startsWith("\u00fe\u00ff")) {
            return Optional.of(StandardCharsets.UTF_16BE);
        }
        return head.startsWith("\u00ff\u00fe") ? Optional.of(StandardCharsets.UTF_16LE) : Optional.empty();
    }

    private static Optional<Charset> named(Pattern where, String text) {
        Matcher name = where.matcher(text);
        if (!name.find()) {
            return Optional.empty();
        }
        try {
            Charset charset = Charset.forName(name.group(1));
            return Optional.of(charset.equals(StandardCharsets.ISO_8859_1) ? WESTERN : charset);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return Optional.empty();
        }
    }

    /** A {@code meta} that could be read is not in UTF-16, whatever it says. */
    private static Charset readable(Charset charset) {
        return charset.name().startsWith("UTF-16") ? StandardCharsets.UTF_8 : charset;
    }

    private static boolean isUtf8(Path file) throws IOException {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer bytes = ByteBuffer.allocate(CHUNK);
        CharBuffer characters = CharBuffer.allocate(CHUNK);
        try (InputStream in = Files.newInputStream(file)) {
            boolean end = false;
            while (!end) {
                int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
                end = count < 0;
                bytes.position(bytes.position() + Math.max(count, 0)).flip();
                CoderResult result = decoder.decode(bytes, characters.clear(), end);
                if (result.isError()) {
                    return false;
                }
                bytes.compact();
            }
            return true;
        }
    }
}
