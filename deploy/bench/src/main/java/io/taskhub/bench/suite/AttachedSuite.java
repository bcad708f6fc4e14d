package io.taskhub.bench.suite;

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/** A suite that somebody else started and will end. Only on this machine: a load generator is no thing to point elsewhere. */
public record AttachedSuite(URI origin, Path data) implements RunningSuite {
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}");
    private static final int HTTP_PORT = 80;

    /** @throws IllegalArgumentException when the address is not plain HTTP to this machine */
    public static AttachedSuite at(URI url, Path data) {
        if (!"http".equals(url.getScheme())) {
            throw new IllegalArgumentException("only http:// is measured");
        }
        String host = url.getHost() == null ? "" : url.getHost().toLowerCase(Locale.ROOT);
        if (!LOOPBACK.matcher(host).matches()) {
            throw new IllegalArgumentException("only a suite on this machine (127.0.0.1, localhost) may be loaded");
        }
        int port = url.getPort() < 0 ? HTTP_PORT : url.getPort();
        return new AttachedSuite(URI.create("http://" + host + ":" + port), data);
    }

    @Override
    public Path pids() {
        return data.resolve("pids");
    }

    @Override
    public String description() {
        return "attached";
    }

    @Override
    public void close() {
        // It is not ours to end.
    }
}
