package io.taskhub.task.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A part of a file as a stream; ends with the file when that is shorter. */
final class ChannelSection extends InputStream {
    private final FileChannel channel;
    private long position;
    private long left;

    ChannelSection(FileChannel channel, long from, long length) {
        this.channel = channel;
        this.position = from;
        this.left = length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (left <= 0) {
            return -1;
        }
        int read = channel.read(ByteBuffer.wrap(bytes, offset, (int) Math.min(length, left)), position);
        if (read > 0) {
            position += read;
            left -= read;
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
