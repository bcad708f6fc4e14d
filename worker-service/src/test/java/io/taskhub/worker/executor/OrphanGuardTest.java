package io.taskhub.worker.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OrphanGuardTest {

    private static Process group() throws IOException {
        return new ProcessBuilder("setsid", "sleep", "600").start();
    }

    @Test
    void when_the_pipe_closes_the_groups_that_live_are_killed_and_no_others() throws IOException {
        Process first = group();
        Process finished = group();
        Process last = group();
        try {
            OrphanGuard guard = new OrphanGuard();
            guard.watch(first.pid());
            guard.watch(finished.pid());
            guard.watch(last.pid());
            guard.forget(finished.pid());
            guard.close();
            await().untilAsserted(() -> {
                assertThat(first.isAlive()).isFalse();
                assertThat(last.isAlive()).isFalse();
            });
            assertThat(finished.isAlive()).isTrue();
        } finally {
            first.destroyForcibly();
            finished.destroyForcibly();
            last.destroyForcibly();
        }
    }
}
