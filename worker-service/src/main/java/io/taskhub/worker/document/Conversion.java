package io.taskhub.worker.document;

import io.taskhub.worker.net.Fetcher;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Turns fetched pages into drafts, on threads of its own: parsing is work without a pause, and on virtual threads two large pages
 * would hold up everything else that this process does, its heartbeat first.
 */
final class Conversion implements AutoCloseable {
    private static final int THREADS = 2;
    private static final int CHUNK = 64 << 10;
    private static final long BYTES_PER_BYTE = 8;
    private static final long BYTES_PER_ELEMENT = 1_800;
    private static final long BYTES_PER_LINE = 150;

    /** Each line of code is held by itself. */
    private static final long MOST_LINES = 500_000;

    private static final long LEAST = 1 << 20;

    private final ExecutorService threads = Executors.newFixedThreadPool(
            THREADS, Thread.ofPlatform().daemon().name("document-", 0).factory());

    /** What converting a page takes of the heap, in bytes: about. */
    static long cost(Path file) throws IOException {
        long elements = 0;
        long lines = 0;
        byte[] chunk = new byte[CHUNK];
        try (InputStream in = Files.newInputStream(file)) {
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                for (int i = 0; i < count; i++) {
                    elements += chunk[i] == '<' && (i + 1 == count || chunk[i + 1] != '/') ? 1 : 0;
                    lines += chunk[i] == '\n' ? 1 : 0;
                }
            }
        }
        if (elements > HtmlPage.MOST_ELEMENTS) {
            throw new UnusablePageException("page has more than " + HtmlPage.MOST_ELEMENTS + " elements");
        }
        if (lines > MOST_LINES) {
            throw new UnusablePageException("page has more than " + MOST_LINES + " lines");
        }
        return LEAST + Files.size(file) * BYTES_PER_BYTE + elements * BYTES_PER_ELEMENT + lines * BYTES_PER_LINE;
    }

    /**
     * Returns, and throws, once nothing works on the page any longer.
     *
     * @throws UnusablePageException when nothing can be made of it
     */
    Draft draft(Fetcher.Fetched page, Path file, String untitled, Images images)
            throws IOException, InterruptedException {
        Source source = Source.of(page, file);
        Charset charset = Encoding.of(file, page.type());
        Lock busy = new ReentrantLock();
        Future<Draft> draft = threads.submit(() -> {
            busy.lockInterruptibly();
            try {
                return switch (source) {
                    case HTML -> HtmlPage.draft(file, charset, page.uri(), untitled, images);
                    case MARKDOWN -> TextPage.markdown(file, charset, page.uri(), untitled, images);
                    case TEXT -> TextPage.plain(file, charset, untitled, images);
                };
            } finally {
                busy.unlock();
            }
        });
        try {
            return draft.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException thrown) {
                throw thrown;
            }
            throw new IllegalStateException("page cannot be converted", e.getCause());
        } finally {
            draft.cancel(true);
            busy.lock(); // a thread that was interrupted goes on for a while
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
