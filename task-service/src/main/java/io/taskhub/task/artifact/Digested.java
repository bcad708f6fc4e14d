package io.taskhub.task.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What was seen of a content on its way. */
record Digested(long size, String sha256) {
    private static final int BUFFER = 64 * 1024;

    /** @throws ArtifactException.TooLarge as soon as more than {@code limit} bytes came */
    static Digested copy(InputStream from, WritableByteChannel to, long limit) throws IOException {
        MessageDigest digest = newDigest();
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        int read;
        while ((read = from.read(buffer)) >= 0) {
            size += read;
            if (size > limit) {
                throw new ArtifactException.TooLarge(limit);
            }
            digest.update(buffer, 0, read);
            ByteBuffer chunk = ByteBuffer.wrap(buffer, 0, read);
            while (chunk.hasRemaining()) {
                to.write(chunk);
            }
        }
        return new Digested(size, HexFormat.of().formatHex(digest.digest()));
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
