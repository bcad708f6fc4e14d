package io.taskhub.task.artifact;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.taskhub.contracts.TaskId;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A bucket of any store that speaks S3. An upload needs its length beforehand, so a content waits in a file without a name until all of it
 * is there: the bucket never sees one that broke off. Objects are deleted one by one, which is the way that every such store knows.
 */
final class S3Store implements ArtifactStore, AutoCloseable {
    private static final int NOT_FOUND = 404;
    private static final String BINARY = "application/octet-stream";

    private final S3Client s3;
    private final String bucket;

    S3Store(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    @Override
    public Digested put(String key, InputStream content, long limit) throws IOException {
        Path spool = Files.createTempFile("artifact", null);
        try (FileChannel channel = FileChannel.open(spool, READ, WRITE)) {
            Files.delete(spool);
            Digested digested = Digested.copy(content, channel, limit);
            RequestBody body = RequestBody.fromContentProvider(() -> again(channel, digested), digested.size(), BINARY);
            return call(key, () -> {
                s3.putObject(request -> request.bucket(bucket).key(key), body);
                return digested;
            });
        } finally {
            Files.deleteIfExists(spool);
        }
    }

    /** The client reads it once for the signature and once for every try; the file is closed after the last. */
    private static InputStream again(FileChannel channel, Digested digested) {
        return new FilterInputStream(new ChannelSection(channel, 0, digested.size())) {
            @Override
            public void close() {}
        };
    }

    @Override
    public InputStream open(String key, long from, long length) throws IOException {
        if (length == 0) {
            return InputStream.nullInputStream();
        }
        String range = "bytes=" + from + "-" + (from + length - 1);
        return call(
                key,
                () -> s3.getObject(request -> request.bucket(bucket).key(key).range(range)));
    }

    @Override
    public void delete(Collection<String> keys) throws IOException {
        for (String key : keys) {
            call(key, () -> s3.deleteObject(request -> request.bucket(bucket).key(key)));
        }
    }

    @Override
    public void deleteAll(TaskId task) throws IOException {
        String prefix = task.uuid() + "/";
        delete(call(prefix, () -> objects(prefix).map(S3Object::key).toList()));
    }

    @Override
    public void list(Consumer<Found> visitor) throws IOException {
        call("", () -> {
            objects("").forEach(object -> visitor.accept(new Found(object.key(), object.lastModified())));
            return visitor;
        });
    }

    /** Fetched page by page, as they are looked at. */
    private Stream<S3Object> objects(String prefix) {
        return s3.listObjectsV2Paginator(request -> request.bucket(bucket).prefix(prefix)).contents().stream();
    }

    private <T> T call(String key, Supplier<T> request) throws IOException {
        try {
            return request.get();
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_FOUND) {
                throw new NoSuchFileException(key, null, e.getMessage());
            }
            throw new IOException("bucket " + bucket + " refused: " + e.getMessage(), e);
        } catch (SdkException e) {
            throw new IOException("bucket " + bucket + " did not answer: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        s3.close();
    }
}
