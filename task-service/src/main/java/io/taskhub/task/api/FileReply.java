package io.taskhub.task.api;

import io.taskhub.task.api.Failure.Kind;
import io.taskhub.task.artifact.Artifact;
import io.taskhub.task.artifact.Artifacts;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import org.jboss.logging.Logger;

/**
 * A task's file as the answer to GET or HEAD: whole or one range of it (several are answered with the whole), or that the client has it
 * already. It never runs in the suite's own origin, whatever it contains.
 */
@Singleton
public class FileReply {
    private static final Logger LOG = Logger.getLogger(FileReply.class);
    private static final String IF_RANGE = "If-Range";
    private static final int PARTIAL = 206;
    private static final int UNSATISFIABLE = 416;

    private final Artifacts artifacts;

    FileReply(Artifacts artifacts) {
        this.artifacts = artifacts;
    }

    /**
     * @param disposition as {@link Disposition} writes it
     * @throws Failure.Thrown NOT_FOUND when it is gone, UNAVAILABLE when its store does not answer
     */
    public Response of(Artifact file, String disposition, HttpServerRequest http) {
        if (FileHeaders.isKnown(
                file, http.getHeader(HttpHeaders.IF_NONE_MATCH), http.getHeader(HttpHeaders.IF_MODIFIED_SINCE))) {
            return described(Response.notModified(), file).build();
        }
        if (http.method().equals(HttpMethod.HEAD)) {
            return content(Response.ok(), file, disposition, file.size()).build();
        }
        String range = FileHeaders.isSame(file, http.getHeader(IF_RANGE)) ? http.getHeader("Range") : null;
        return switch (ByteRange.of(range, file.size())) {
            case ByteRange.Whole whole ->
                content(Response.ok(bytes(file, 0, file.size(), http)), file, disposition, file.size())
                        .build();
            case ByteRange.Part(long from, long length) ->
                content(Response.status(PARTIAL).entity(bytes(file, from, length, http)), file, disposition, length)
                        .header("Content-Range", "bytes " + from + "-" + (from + length - 1) + "/" + file.size())
                        .build();
            case ByteRange.Unsatisfiable nothing ->
                described(Response.status(UNSATISFIABLE), file)
                        .header("Content-Range", "bytes */" + file.size())
                        .build();
        };
    }

    private static Response.ResponseBuilder content(
            Response.ResponseBuilder reply, Artifact file, String disposition, long length) {
        return described(reply, file)
                .header(HttpHeaders.CONTENT_TYPE, file.mime())
                .header(HttpHeaders.CONTENT_LENGTH, length)
                .header(HttpHeaders.CONTENT_DISPOSITION, disposition)
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "sandbox");
    }

    private static Response.ResponseBuilder described(Response.ResponseBuilder reply, Artifact file) {
        return reply.header(HttpHeaders.ETAG, FileHeaders.etag(file))
                .header(HttpHeaders.LAST_MODIFIED, FileHeaders.lastModified(file))
                .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
                .header("Accept-Ranges", "bytes");
    }

    /** Opened here, while the answer may still be another one. */
    private StreamingOutput bytes(Artifact file, long from, long length, HttpServerRequest http) {
        try {
            InputStream opened = artifacts.open(file, from, length);
            return Streamed.to(http, "file " + file.object(), out -> {
                try (InputStream in = opened) {
                    long sent = in.transferTo(out);
                    if (sent != length) {
                        throw new EOFException("only " + sent + " of " + length + " bytes are there");
                    }
                }
            });
        } catch (NoSuchFileException e) {
            throw new Failure.Thrown(Kind.NOT_FOUND, "file not found: " + file.path());
        } catch (IOException e) {
            LOG.warnf("file %s not read: %s", file.object(), e);
            throw new Failure.Thrown(Kind.UNAVAILABLE, "file cannot be read");
        }
    }
}
