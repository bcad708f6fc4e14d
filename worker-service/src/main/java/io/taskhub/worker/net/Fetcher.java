package io.taskhub.worker.net;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Gets what stands at an address into a file: nothing of it is held in memory, however many are fetched at once. */
@Singleton
public final class Fetcher {
    private static final WebClient.Limits LIMITS =
            new WebClient.Limits(Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(60));
    private static final int CHUNK = 16 << 10;

    private final WebClient client;

    @Inject
    public Fetcher(AddressRules rules) {
        this(rules, LIMITS);
    }

    public Fetcher(AddressRules rules, WebClient.Limits limits) {
        this.client = new WebClient(rules, limits, WebClient.Content.UNPACKED);
    }

    /**
     * What was fetched.
     *
     * @param uri where the redirects ended
     * @param type the header {@code Content-Type} as it was sent, "" when there is none
     */
    public record Fetched(URI uri, String type, long bytes) {}

    /**
     * @param accept what is wanted, as in the header of that name
     * @param file written anew; of a failed fetch something may be left in it
     * @param most bytes, counted when unpacked
     * @throws FetchRefusedException when it would fail the same way again
     * @throws IOException when another time it may do better
     */
    public Fetched fetch(URI uri, String accept, Path file, long most) throws IOException, InterruptedException {
        try (WebAnswer answer = client.send(WebRequest.get(uri, Map.of("accept", accept)))) {
            check(answer.status());
            return new Fetched(answer.uri(), answer.header("content-type").orElse(""), copy(answer, file, most));
        }
    }

    private static void check(int status) throws IOException {
        String message = "HTTP status " + status;
        switch (status) {
            case 408, 425, 429 -> throw new IOException(message);
            default -> {
                if (status / 100 == 4 || status / 100 == 3) {
                    throw new FetchRefusedException(message);
                }
                if (status / 100 != 2) {
                    throw new IOException(message);
                }
            }
        }
    }

    private static long copy(WebAnswer answer, Path file, long most) throws IOException, InterruptedException {
        byte[] chunk = new byte[CHUNK];
        long bytes = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int count = answer.read(chunk); count >= 0; count = answer.read(chunk)) {
                bytes += count;
                if (bytes > most) {
                    throw new FetchRefusedException("larger than " + (most >> 20) + " MiB");
                }
                out.write(chunk, 0, count);
            }
        }
        return bytes;
    }

    @PreDestroy
    public void close() {
        client.close();
    }
}
