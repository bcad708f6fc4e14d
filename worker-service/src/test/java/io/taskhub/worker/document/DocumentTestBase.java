package io.taskhub.worker.document;

import io.taskhub.contracts.DocumentJob;
import io.taskhub.worker.executor.Ended;
import io.taskhub.worker.executor.Execution;
import io.taskhub.worker.executor.Executors;
import io.taskhub.worker.executor.Payload;
import io.taskhub.worker.executor.Runner;
import io.taskhub.worker.executor.Voice;
import io.taskhub.worker.executor.Work;
import io.taskhub.worker.net.AddressRules;
import io.taskhub.worker.net.Fetcher;
import io.taskhub.worker.net.LocalSite;
import io.taskhub.worker.net.WebClient;
import io.taskhub.worker.text.Translator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A document executor between a site on loopback and artifacts that are kept. */
@Timeout(60)
abstract class DocumentTestBase {
    static final byte[] PNG = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
    static final WebClient.Limits LIMITS =
            new WebClient.Limits(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5));

    /** Says nothing, because none is configured. */
    static final Translator NONE = new Translator() {
        @Override
        public boolean isConfigured() {
            return false;
        }

        @Override
        public String translate(String markdown, String from, String to) throws IOException {
            throw new IOException("none");
        }
    };

    record Step(int percent, String stage) {}

    @TempDir
    protected Path directory;

    protected final LocalSite site = new LocalSite();
    protected final KeptArtifacts artifacts = new KeptArtifacts();
    protected final List<Step> steps = new CopyOnWriteArrayList<>();
    protected final List<String> lines = new CopyOnWriteArrayList<>();
    protected Translator translator = NONE;
    protected AddressRules rules = new AddressRules(true);
    protected WebClient.Limits limits = LIMITS;

    @AfterEach
    void closeSite() {
        site.close();
    }

    private final Voice voice = new Voice() {
        @Override
        public void line(int level, int stream, String message, @Nullable Map<String, String> fields) {
            lines.add(message);
        }

        @Override
        public void progress(int percentage, String stage, String message, @Nullable String data) {
            steps.add(new Step(percentage, stage));
        }
    };

    DocumentJob job(String path) {
        return new DocumentJob("Open Conf", "Queues", site.url(path), "my talk.md", "Main Track", "en", "de");
    }

    Ended run(String path) {
        return run(job(path));
    }

    Ended run(DocumentJob job) {
        return run(Payload.json(job), new Execution[1]);
    }

    /** @param started gets the execution before it runs */
    Ended run(String payload, @Nullable Execution[] started) {
        Fetcher fetcher = new Fetcher(rules, limits);
        DocumentExecutor executor = new DocumentExecutor(
                fetcher, artifacts, translator, directory, InstantSource.fixed(Instant.parse("2026-11-20T10:00:00Z")));
        Runner runner = new Runner(new Executors(List.of(executor), executor));
        Execution execution =
                new Execution(new Work("0199", "42", "document", "event-job", payload, 0, 1, 1, null), voice);
        started[0] = execution;
        try {
            return runner.run(execution);
        } finally {
            runner.close();
            executor.close();
            fetcher.close();
        }
    }

    static byte[] resource(String name) {
        try (InputStream in = DocumentTestBase.class.getResourceAsStream("/pages/" + name)) {
            return in == null ? new byte[0] : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
