package io.taskhub.worker.document;

import io.taskhub.contracts.DocumentJob;
import io.taskhub.contracts.DocumentJob.Step;
import io.taskhub.worker.artifact.Artifacts;
import io.taskhub.worker.executor.Execution;
import io.taskhub.worker.executor.Voice;
import io.taskhub.worker.net.Fetcher;
import io.taskhub.worker.net.WebAddress;
import io.taskhub.worker.text.Translator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The way of one document, from its address to its artifacts. */
final class DocumentRun {
    /** The most that a page may have, in bytes. */
    private static final long LARGEST_PAGE = 20 << 20;

    /** A draft, the document made of it and its bytes are held at the same time. */
    private static final long COPIES = 5;

    /** Of what converting the page took, in bytes: the document must not need more. */
    private static final long LEAST_PER_CHARACTER = 4;

    private final Execution run;
    private final DocumentJob job;
    private final Fetcher fetcher;
    private final Conversion conversion;
    private final Artifacts artifacts;
    private final Translator translator;
    private final Path directory;
    private final Layout layout;

    DocumentRun(
            Execution run,
            DocumentJob job,
            Fetcher fetcher,
            Conversion conversion,
            Artifacts artifacts,
            Translator translator,
            Path directory) {
        this.run = run;
        this.job = job;
        this.fetcher = fetcher;
        this.conversion = conversion;
        this.artifacts = artifacts;
        this.translator = translator;
        this.directory = directory;
        this.layout = Layout.of(job);
    }

    DocumentJob.Result result(InstantSource clock) throws IOException, InterruptedException {
        step(Step.INITIALIZING, job.session());
        step(Step.FETCHING, job.url());
        Path file = directory.resolve("page");
        Fetcher.Fetched page = fetcher.fetch(WebAddress.of(job.url()), Source.ACCEPT, file, LARGEST_PAGE);
        Instant fetched = clock.instant();
        run.log(Voice.INFO, "fetched " + page.uri() + ": " + page.bytes() + " bytes of " + page.type());
        long cost = Conversion.cost(file);
        try (HeapShare.Taken heap = HeapShare.OF_PROCESS.take(cost)) {
            step(Step.CONVERTING, page.type());
            Draft draft = conversion.draft(page, file, job.session(), new Images(directory));
            Files.delete(file);
            if (draft.markdown().length() > cost / LEAST_PER_CHARACTER) {
                throw new UnusablePageException("document is many times larger than its page");
            }
            heap.shrink(draft.markdown().length() * COPIES);
            run.log(Voice.INFO, "converted: " + draft.title());
            return finish(draft, page, fetched);
        }
    }

    private DocumentJob.Result finish(Draft draft, Fetcher.Fetched page, Instant fetched)
            throws IOException, InterruptedException {
        int images = draft.images().size();
        step(Step.ASSETS, images + " images");
        Map<Integer, String> names = new Assets(fetcher, artifacts, run, layout, directory)
                .store(
                        draft.images(),
                        done -> run.progress(
                                between(Step.ASSETS, Step.TRANSLATING, done, images),
                                Step.ASSETS.word(),
                                done + " of " + images + " images"));
        String markdown = draft.illustrated(number -> address(draft.images().get(number - 1), names));
        @Nullable String note = untranslated();
        step(Step.TRANSLATING, note == null ? job.source_language() + " to " + job.target_language() : note);
        String text =
                note == null ? translator.translate(markdown, job.source_language(), job.target_language()) : markdown;
        List<String> assets = names.values().stream().map(layout::asset).toList();
        DocumentJob.Result result = new DocumentJob.Result(
                layout.document(),
                assets,
                draft.title(),
                note == null,
                page.uri().toString(),
                note);
        artifacts.store(
                run.work(),
                new Artifacts.Description(layout.document(), "document", "text/markdown; charset=utf-8"),
                (new FrontMatter(job, result, fetched).text() + text).getBytes(StandardCharsets.UTF_8));
        run.log(Voice.INFO, "stored " + layout.document() + " with " + assets.size() + " assets");
        step(Step.COMPLETED, layout.document());
        return result;
    }

    private String address(Image image, Map<Integer, String> names) {
        String name = names.get(image.number());
        if (name != null) {
            return layout.link(name);
        }
        return switch (image) {
            case Image.Remote remote -> Escapes.address(remote.uri().toString());
            case Image.Embedded embedded -> "";
        };
    }

    /** Why the text stays in its language; null when it does not. */
    private @Nullable String untranslated() {
        if (job.source_language().equalsIgnoreCase(job.target_language())) {
            return "not translated: source and target language are the same";
        }
        return translator.isConfigured() ? null : "not translated: no translator is configured";
    }

    private void step(Step step, String message) {
        run.progress(step.percent(), step.word(), message);
    }

    private static int between(Step from, Step to, int done, int all) {
        return from.percent() + (to.percent() - from.percent()) * done / all;
    }
}
