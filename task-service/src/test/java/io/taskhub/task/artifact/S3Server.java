package io.taskhub.task.artifact;

import io.taskhub.local.Ports;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A store that speaks S3, as a process of its own, with one bucket. */
final class S3Server {
    static final String BUCKET = "files";
    private static final Path PROGRAM = Path.of("target", "s3mock", "s3mock.jar");

    private final Process process;
    private final URI url;

    private S3Server(Process process, URI url) {
        this.process = process;
        this.url = url;
    }

    static S3Server start(Path directory) throws IOException {
        int port = Ports.free(1).getFirst();
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx160m",
                        "-jar",
                        PROGRAM.toString(),
                        "--server.address=127.0.0.1",
                        "--server.port=0",
                        "--com.adobe.testing.s3mock.http-port=" + port,
                        "--com.adobe.testing.s3mock.store.root=" + directory,
                        "--com.adobe.testing.s3mock.store.initial-buckets=" + BUCKET)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolveSibling("s3.log").toFile())
                .start();
        S3Server server = new S3Server(process, URI.create("http://127.0.0.1:" + port));
        Awaitility.await().atMost(Duration.ofMinutes(1)).ignoreExceptions().until(server::answers);
        return server;
    }

    URI url() {
        return url;
    }

    private boolean answers() throws IOException {
        if (!process.isAlive()) {
            throw new IOException("the S3 server ended");
        }
        HttpURLConnection connection = (HttpURLConnection)
                url.resolve("/" + BUCKET + "?list-type=2").toURL().openConnection();
        return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
    }

    void stop() throws InterruptedException {
        process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
    }
}
