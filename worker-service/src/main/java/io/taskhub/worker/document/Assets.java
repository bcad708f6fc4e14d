package io.taskhub.worker.document;

import io.taskhub.worker.artifact.ArtifactRefusedException;
import io.taskhub.worker.artifact.Artifacts;
import io.taskhub.worker.executor.Execution;
import io.taskhub.worker.executor.Voice;
import io.taskhub.worker.net.Fetcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;

/** The images of one document on their way to its assets. One that cannot be had is left out and said in the log. */
final class Assets {
    private static final int AT_ONCE = 4;
    private static final int MOST_IMAGES = 50;
    private static final long MOST_BYTES = 50 << 20;
    private static final String ACCEPT = "image/avif,image/webp,image/png,image/jpeg,image/gif,image/*;q=0.5";

    private final Fetcher fetcher;
    private final Artifacts artifacts;
    private final Execution run;
    private final Layout layout;
    private final Path directory;
    private final AtomicLong bytes = new AtomicLong();

    Assets(Fetcher fetcher, Artifacts artifacts, Execution run, Layout layout, Path directory) {
        this.fetcher = fetcher;
        this.artifacts = artifacts;
        this.run = run;
        this.layout = layout;
        this.directory = directory;
    }

    /** One that was stored. */
    private record Stored(int number, String name) {}

    /**
     * Stores what can be had, a few at a time.
     *
     * @param done told how many are through
     * @return names of the assets by image number
     * @throws IOException when task-service cannot be reached
     */
    Map<Integer, String> store(List<Image> images, IntConsumer done) throws IOException, InterruptedException {
        List<Image> wanted = images.subList(0, Math.min(images.size(), MOST_IMAGES));
        if (wanted.size() < images.size()) {
            run.log(Voice.WARN, "only the first " + MOST_IMAGES + " of " + images.size() + " images are stored");
        }
        Map<Integer, String> names = new TreeMap<>();
        try (ExecutorService threads =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            try {
                CompletionService<Optional<Stored>> ended = new ExecutorCompletionService<>(threads);
                wanted.forEach(image -> ended.submit(() -> store(image)));
                for (int i = 1; i <= wanted.size(); i++) {
                    ended.take().get().ifPresent(stored -> names.put(stored.number(), stored.name()));
                    done.accept(i);
                }
            } catch (ExecutionException e) {
                if (e.getCause() instanceof IOException thrown) {
                    throw thrown;
                }
                throw new IllegalStateException("image cannot be stored", e.getCause());
            } finally {
                threads.shutdownNow();
            }
        }
        return names;
    }

    private Optional<Stored> store(Image image) throws IOException, InterruptedException {
        Path file = directory.resolve("image-" + image.number());
        try {
            Path content = content(image, file);
            Optional<ImageKind> kind = ImageKind.of(content);
            if (kind.isEmpty()) {
                return skipped(image, "not an image of a known kind");
            }
            long size = Files.size(content);
            if (bytes.addAndGet(size) > MOST_BYTES) {
                bytes.addAndGet(-size);
                return skipped(image, "the images are larger than " + (MOST_BYTES >> 20) + " MiB together");
            }
            String name = "img-" + image.number() + "." + kind.get().extension();
            artifacts.store(
                    run.work(),
                    new Artifacts.Description(
                            layout.asset(name), "image", kind.get().mime()),
                    content);
            return Optional.of(new Stored(image.number(), name));
        } catch (ArtifactRefusedException | Unavailable e) {
            return skipped(image, String.valueOf(e.getMessage()));
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** The image's own server had no answer, as opposed to task-service. */
    private static final class Unavailable extends IOException {
        Unavailable(IOException cause) {
            super(cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage(), cause);
        }
    }

    private Path content(Image image, Path file) throws IOException, InterruptedException {
        return switch (image) {
            case Image.Embedded embedded -> embedded.file();
            case Image.Remote remote -> {
                try {
                    fetcher.fetch(remote.uri(), ACCEPT, file, Images.LARGEST);
                    yield file;
                } catch (IOException e) {
                    throw new Unavailable(e);
                }
            }
        };
    }

    private Optional<Stored> skipped(Image image, String reason) {
        String name =
                switch (image) {
                    case Image.Remote remote -> remote.uri().toString();
                    case Image.Embedded embedded -> "embedded image " + embedded.number();
                };
        run.log(Voice.WARN, "image skipped: " + name + ": " + reason);
        return Optional.empty();
    }
}
