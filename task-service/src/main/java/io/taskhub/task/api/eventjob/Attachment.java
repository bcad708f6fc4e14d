package io.taskhub.task.api.eventjob;

import java.nio.charset.StandardCharsets;

/** {@code Content-Disposition} of a download (RFC 6266): a name for everybody, and the true one in UTF-8. */
final class Attachment {
    private static final String TOKEN = "!#$&+-.^_`|~";

    private Attachment() {}

    static String named(String filename) {
        return "attachment; filename=\"" + ascii(filename) + "\"; filename*=UTF-8''" + encoded(filename);
    }

    private static String ascii(String name) {
        StringBuilder out = new StringBuilder();
        name.codePoints().forEach(c -> out.append(c < ' ' || c > '~' || "\"\\%".indexOf(c) >= 0 ? '_' : (char) c));
        return out.toString();
    }

    private static String encoded(String name) {
        StringBuilder out = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || TOKEN.indexOf(c) >= 0)) {
                out.append(c);
            } else {
                out.append('%')
                        .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(c & 0xF, 16)));
            }
        }
        return out.toString();
    }
}
