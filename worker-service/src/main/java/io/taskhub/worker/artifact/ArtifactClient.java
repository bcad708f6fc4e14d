package io.taskhub.worker.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.taskhub.contracts.StoredArtifact;
import io.taskhub.contracts.identity.PeerClient;
import io.taskhub.contracts.identity.ServiceToken;
import io.taskhub.worker.WorkerConfig;
import io.taskhub.worker.executor.Work;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** Sends files to task-service. One that arrived twice is stored once, so whatever may pass is tried again. */
@Singleton
public final class ArtifactClient implements Artifacts, AutoCloseable {
    /** For one transfer: the largest file on a slow network. */
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long FIRST_PAUSE_MS = 100;
    private static final long LONGEST_PAUSE_MS = 5_000;

    /** A token or a limit is a matter of time; any other 4xx is about the file itself. */
    private static final Set<Integer> PASSING = Set.of(401, 403, 408, 429);

    private final PeerClient taskService;
    private final Duration patience;
    private final ObjectReader stored;

    @Inject
    public ArtifactClient(WorkerConfig config, ServiceToken token, ObjectMapper json) {
        this(config.taskServiceUrls(), token::current, PATIENCE, json);
    }

    ArtifactClient(List<URI> urls, Supplier<String> token, Duration patience, ObjectMapper json) {
        this.taskService = new PeerClient("task-service", urls, token);
        this.patience = patience;
        this.stored = json.readerFor(StoredArtifact.class);
    }

    @Override
    public StoredArtifact store(Work work, Description description, Path file)
            throws IOException, InterruptedException {
        return send(work, description, BodyPublishers.ofFile(file));
    }

    @Override
    public StoredArtifact store(Work work, Description description, byte[] content)
            throws IOException, InterruptedException {
        return send(work, description, BodyPublishers.ofByteArray(content));
    }

    private StoredArtifact send(Work work, Description description, BodyPublisher body)
            throws IOException, InterruptedException {
        if (work.claim() == 0) {
            throw new ArtifactRefusedException("a run without a task keeps no files");
        }
        String path = path(work, description);
        long deadline = System.nanoTime() + patience.toNanos();
        long pauseMs = FIRST_PAUSE_MS;
        while (true) {
            try {
                return trySend(path, body);
            } catch (ArtifactRefusedException e) {
                throw e;
            } catch (IOException e) {
                if (System.nanoTime() - deadline > 0) {
                    throw e;
                }
            }
            Thread.sleep(pauseMs / 2 + ThreadLocalRandom.current().nextLong(pauseMs / 2 + 1));
            pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2);
        }
    }

    private StoredArtifact trySend(String path, BodyPublisher body) throws IOException, InterruptedException {
        PeerClient.Reply reply = taskService.put(path, "application/octet-stream", body, ANSWER);
        if (reply.isSuccess()) {
            return stored.readValue(reply.body());
        }
        String message = "task-service answered " + reply.status() + ": " + new String(reply.body(), UTF_8);
        boolean passing = reply.status() / 100 != 4 || PASSING.contains(reply.status());
        throw passing ? new IOException(message) : new ArtifactRefusedException(message);
    }

    private static String path(Work work, Description description) {
        return "/internal/artifacts/" + work.id() + "/" + work.claim()
                + "?path=" + encoded(description.path())
                + "&label=" + encoded(description.label())
                + "&mime=" + encoded(description.mime());
    }

    /** As part of a URI, where a plus is a plus. */
    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    @PreDestroy
    @Override
    public void close() {
        taskService.close();
    }
}
