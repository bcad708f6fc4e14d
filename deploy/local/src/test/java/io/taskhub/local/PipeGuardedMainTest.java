package io.taskhub.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PipeGuardedMainTest {
    @TempDir
    Path directory;

    @Test
    void a_child_ends_soon_after_the_pipe_from_its_launcher_closes_even_if_it_refuses_to_stop() throws Exception {
        Path jar = LaunchCommand.writeGuardJar(directory.resolve("guard.jar"));
        String tests = Path.of(Stubborn.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-cp",
                        jar + File.pathSeparator + tests,
                        PipeGuardedMain.class.getName(),
                        Stubborn.class.getName(),
                        "hello")
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = child.inputReader(StandardCharsets.UTF_8)) {
            assertThat(output.readLine()).isEqualTo("hello");
            child.getOutputStream().close();
            assertThat(child.waitFor(8, TimeUnit.SECONDS)).isTrue();
        } finally {
            child.destroyForcibly();
        }
    }

    /** A service that hangs while it shuts down. */
    static final class Stubborn {
        private static final CountDownLatch NEVER = new CountDownLatch(1);

        private Stubborn() {}

        public static void main(String[] args) throws InterruptedException {
            Runtime.getRuntime().addShutdownHook(new Thread(Stubborn::hang));
            System.out.println(args[0]);
            NEVER.await();
        }

        private static void hang() {
            try {
                NEVER.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
