package io.taskhub.e2e.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A reader of server-sent events that keeps every frame as it came, comments included. */
public final class EventStream implements AutoCloseable {

    /**
     * What stood between two blank lines.
     *
     * @param event "" when the frame had none
     */
    public record Frame(
            @Nullable String id,
            String event,
            @Nullable String data,
            @Nullable String retry,
            boolean comment) {

        public JsonNode json() {
            return Json.parse(data == null ? "" : data);
        }

        /** Carries something for the application. */
        public boolean isEvent() {
            return data != null;
        }
    }

    private final HttpResponse<java.io.InputStream> response;
    private final List<Frame> frames = new CopyOnWriteArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile String lastEventId = "";

    private EventStream(HttpResponse<java.io.InputStream> response) {
        this.response = response;
        Thread.ofVirtual().name("event-stream").start(this::read);
    }

    static EventStream open(HttpClient http, HttpRequest request) {
        try {
            return new EventStream(http.send(request, BodyHandlers.ofInputStream()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public int status() {
        return response.statusCode();
    }

    public String contentType() {
        return response.headers().firstValue("content-type").orElse("");
    }

    /** Every frame so far. */
    public List<Frame> frames() {
        return List.copyOf(frames);
    }

    /** The frames with data so far. */
    public List<Frame> events() {
        return frames.stream().filter(Frame::isEvent).toList();
    }

    public List<Frame> events(String name) {
        return frames.stream()
                .filter(f -> f.isEvent() && f.event().equals(name))
                .toList();
    }

    /** What a browser would send as {@code Last-Event-ID} now. */
    public String lastEventId() {
        return lastEventId;
    }

    public boolean hasEnded() {
        return ended.getCount() == 0;
    }

    /** Waits until the server ends the stream, then gives its events. */
    public List<Frame> awaitEnd() {
        Waiting.await().until(this::hasEnded);
        return events();
    }

    public Frame awaitEvent(Predicate<Frame> wanted) {
        Waiting.await().until(() -> events().stream().anyMatch(wanted));
        return events().stream().filter(wanted).findFirst().orElseThrow();
    }

    /** Hangs up, as a client that goes away does. */
    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            FrameReader reader = new FrameReader();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Frame frame = reader.line(line);
                if (frame != null) {
                    if (frame.id() != null) {
                        lastEventId = frame.id();
                    }
                    frames.add(frame);
                }
            }
        } catch (IOException closedByEitherSide) {
            // the end of the stream, orderly or not: what was read stays
        } finally {
            ended.countDown();
        }
    }

    /** Collects lines until a blank one; WHATWG HTML, "interpreting an event stream". */
    private static final class FrameReader {
        private @Nullable String id;
        private String event = "";
        private @Nullable StringBuilder data;
        private @Nullable String retry;
        private boolean comment;
        private boolean any;

        @Nullable
        Frame line(String line) {
            if (line.isEmpty()) {
                return any ? finish() : null;
            }
            any = true;
            int colon = line.indexOf(':');
            if (colon == 0) {
                comment = true;
                return null;
            }
            String name = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(colon + 1);
            value = value.startsWith(" ") ? value.substring(1) : value;
            switch (name) {
                case "id" -> id = value;
                case "event" -> event = value;
                case "retry" -> retry = value;
                case "data" -> data = (data == null ? new StringBuilder() : data.append('\n')).append(value);
                default -> {} // unknown fields are ignored, as browsers do
            }
            return null;
        }

        private Frame finish() {
            Frame frame = new Frame(id, event, data == null ? null : data.toString(), retry, comment);
            id = null;
            event = "";
            data = null;
            retry = null;
            comment = false;
            any = false;
            return frame;
        }
    }
}
