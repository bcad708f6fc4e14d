package io.taskhub.task.artifact;

import java.nio.charset.StandardCharsets;

/**
 * The paths that files may have within their task: 1 to 512 bytes of UTF-8, segments between single slashes, none of them empty, {@code .}
 * or {@code ..}. No backslash and no control character, so that a path means the same to every client, shell and store.
 */
public final class ArtifactPath {
    private static final int MAX_BYTES = 512;

    private ArtifactPath() {}

    public static boolean isAllowed(String path) {
        if (path.isEmpty() || path.length() > MAX_BYTES || !isText(path)) {
            return false;
        }
        if (path.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            return false;
        }
        for (String segment : path.split("/", -1)) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                return false;
            }
        }
        return true;
    }

    /** What a file is called where nobody sees the directories. */
    public static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Characters of which a name may consist: neither control characters nor backslashes nor halves of surrogate pairs. */
    static boolean isText(String text) {
        return text.codePoints()
                .noneMatch(c -> c == '\\'
                        || Character.isISOControl(c)
                        || (Character.isBmpCodePoint(c) && Character.isSurrogate((char) c)));
    }
}
