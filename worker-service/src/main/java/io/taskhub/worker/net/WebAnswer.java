package io.taskhub.worker.net;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/** The head of an answer, and its body while it comes. */
public final class WebAnswer implements AutoCloseable {
    private final URI uri;
    private final Cancellable request;
    private final ClassicHttpResponse response;
    private final Deadline deadline;
    private final InputStream body;
    private boolean ended;

    WebAnswer(URI uri, Cancellable request, ClassicHttpResponse response, Deadline deadline) throws IOException {
        this.uri = uri;
        this.request = request;
        this.response = response;
        this.deadline = deadline;
        @Nullable HttpEntity entity = response.getEntity();
        @Nullable InputStream content = entity == null ? null : entity.getContent();
        this.body = content == null ? InputStream.nullInputStream() : content;
    }

    /** Where the redirects ended. */
    public URI uri() {
        return uri;
    }

    public int status() {
        return response.getCode();
    }

    /** The first of that name. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(response.getFirstHeader(name)).map(Header::getValue);
    }

    /** Some bytes of the body; −1 at its end. */
    public int read(byte[] into) throws IOException, InterruptedException {
        try {
            int count = body.read(into);
            ended = count < 0;
            return count;
        } catch (IOException e) {
            throw WebClient.reason(e, deadline);
        }
    }

    /** Gives the connection back when the body was read, else closes it. */
    @Override
    public void close() {
        deadline.close();
        drop();
    }

    /** As {@link #close}, and the call goes on. What is left of the body is never waited for: it may have no end. */
    void drop() {
        if (!ended) {
            request.cancel();
        }
        try {
            response.close();
        } catch (IOException e) {
            // the connection is gone, which is what was wanted
        }
    }
}
