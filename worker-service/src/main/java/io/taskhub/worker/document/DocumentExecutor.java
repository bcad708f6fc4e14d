package io.taskhub.worker.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.taskhub.contracts.DocumentJob;
import io.taskhub.worker.WorkerConfig;
import io.taskhub.worker.artifact.ArtifactRefusedException;
import io.taskhub.worker.artifact.Artifacts;
import io.taskhub.worker.executor.DirectoryTree;
import io.taskhub.worker.executor.Ended;
import io.taskhub.worker.executor.Execution;
import io.taskhub.worker.executor.Executor;
import io.taskhub.worker.executor.InvalidPayloadException;
import io.taskhub.worker.executor.Payload;
import io.taskhub.worker.net.FetchRefusedException;
import io.taskhub.worker.net.Fetcher;
import io.taskhub.worker.text.Translator;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;
import java.util.stream.Stream;

/** {@code document} (decisions §5): payload is a {@link DocumentJob}, result data a {@link DocumentJob.Result}. */
@Singleton
public final class DocumentExecutor implements Executor {
    /**
     * Jobs held at a time: some are fetched while others are converted or wait for the model. Each has up to 80 MiB of files: its
     * page, the images that came with it, and four that are on their way.
     */
    private static final int WAITING = 64;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Fetcher fetcher;
    private final Artifacts artifacts;
    private final Translator translator;
    private final Scratch scratch;
    private final InstantSource clock;
    private final Conversion conversion = new Conversion();

    @Inject
    public DocumentExecutor(WorkerConfig config, Fetcher fetcher, Artifacts artifacts, Translator translator) {
        this(
                fetcher,
                artifacts,
                translator,
                config.workDir().orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir", "/tmp"), "taskhub-work")),
                InstantSource.system());
    }

    DocumentExecutor(Fetcher fetcher, Artifacts artifacts, Translator translator, Path directory, InstantSource clock) {
        this.fetcher = fetcher;
        this.artifacts = artifacts;
        this.translator = translator;
        this.scratch = new Scratch(directory);
        this.clock = clock;
    }

    @Override
    public Set<String> types() {
        return Set.of(DocumentJob.TYPE);
    }

    @Override
    public int ownPlaces() {
        return WAITING;
    }

    @Override
    public Ended execute(Execution run, Payload payload) throws Exception {
        DocumentJob job = job(run.work().payload());
        Path files = scratch.create();
        try {
            DocumentRun document = new DocumentRun(run, job, fetcher, conversion, artifacts, translator, files);
            return Ended.success(JSON.writeValueAsString(document.result(clock)));
        } catch (FetchRefusedException | UnusablePageException | ArtifactRefusedException e) {
            return Ended.hopeless(describe(e));
        } catch (IOException e) {
            return Ended.failed(1, describe(e));
        } finally {
            DirectoryTree.delete(files);
        }
    }

    private static DocumentJob job(String payload) {
        DocumentJob job;
        try {
            job = JSON.readValue(payload, DocumentJob.class);
        } catch (JsonProcessingException e) {
            throw new InvalidPayloadException("payload is not a document job");
        }
        if (Stream.of(
                        job.event(),
                        job.session(),
                        job.url(),
                        job.filename(),
                        job.track(),
                        job.source_language(),
                        job.target_language())
                .anyMatch(field -> field == null)) {
            throw new InvalidPayloadException(
                    "a document job needs event, session, url, filename, track and both languages");
        }
        return job;
    }

    private static String describe(IOException thrown) {
        String message = thrown.getMessage();
        return message == null || message.isBlank() ? thrown.getClass().getSimpleName() : message;
    }

    @PreDestroy
    public void close() {
        conversion.close();
        scratch.close();
    }
}
