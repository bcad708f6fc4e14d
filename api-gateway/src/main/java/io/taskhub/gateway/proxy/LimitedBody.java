package io.taskhub.gateway.proxy;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/** A body of unstated length that fails when it grows beyond a limit; what comes after is thrown away. */
final class LimitedBody implements ReadStream<Buffer> {
    private final ReadStream<Buffer> body;
    private final int limit;
    private long seen;
    private @Nullable Handler<Throwable> failureHandler;

    LimitedBody(ReadStream<Buffer> body, int limit) {
        this.body = body;
        this.limit = limit;
    }

    boolean isExceeded() {
        return seen > limit;
    }

    @Override
    public LimitedBody handler(@Nullable Handler<Buffer> handler) {
        if (handler == null) {
            body.handler(null);
            return this;
        }
        body.handler(chunk -> {
            boolean within = seen <= limit;
            seen += chunk.length();
            if (seen <= limit) {
                handler.handle(chunk);
            } else if (within && failureHandler != null) {
                failureHandler.handle(new BodyTooLargeException(limit));
            }
        });
        return this;
    }

    @Override
    public LimitedBody exceptionHandler(@Nullable Handler<Throwable> handler) {
        failureHandler = handler;
        body.exceptionHandler(handler);
        return this;
    }

    @Override
    public LimitedBody pause() {
        body.pause();
        return this;
    }

    @Override
    public LimitedBody resume() {
        body.resume();
        return this;
    }

    @Override
    public LimitedBody fetch(long amount) {
        body.fetch(amount);
        return this;
    }

    @Override
    public LimitedBody endHandler(@Nullable Handler<Void> handler) {
        body.endHandler(
                handler == null
                        ? null
                        : end -> {
                            if (seen <= limit) {
                                handler.handle(null);
                            }
                        });
        return this;
    }
}
