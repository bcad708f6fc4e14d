package io.taskhub.worker.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PipeReaderTest {

    @Test
    void what_is_behind_a_line_that_waits_in_the_log_is_not_given_up() throws InterruptedException {
        CountDownLatch waits = new CountDownLatch(1);
        CountDownLatch brokerIsBack = new CountDownLatch(1);
        Captured captured = new Captured(
                line -> {
                    waits.countDown();
                    awaitQuietly(brokerIsBack);
                },
                OutputBudget.OF_HEAP);
        PipeReader reader = PipeReader.start(new SequenceInputStream(bytes("1\n"), bytes("2\n3\n")), captured);
        waits.await();

        Thread run = Thread.ofPlatform().start(() -> endAfter(reader, captured));
        await().until(() -> !run.isAlive() || run.getState() == Thread.State.TIMED_WAITING);
        brokerIsBack.countDown();
        run.join();

        assertThat(captured.text()).isEqualTo("1\n2\n3\n");
    }

    private static void endAfter(PipeReader reader, Captured captured) {
        try {
            reader.join(1);
            captured.finish();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
