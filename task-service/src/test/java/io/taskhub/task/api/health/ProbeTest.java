package io.taskhub.task.api.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ProbeTest {

    @Test
    void a_fresh_answer_is_given_again() {
        var asked = new AtomicInteger();
        var probe = new Probe("counted", () -> asked.incrementAndGet() == 1);
        assertThat(probe.healthy()).isTrue();
        assertThat(probe.healthy()).isTrue();
        assertThat(asked).hasValue(1);
    }

    @Test
    void a_check_that_throws_is_unhealthy() {
        assertThat(new Probe("broken", () -> {
                            throw new IllegalStateException("down");
                        })
                        .healthy())
                .isFalse();
    }

    @Test
    @Timeout(20)
    void who_was_well_and_is_silent_once_is_not_unwell_yet() {
        var asked = new AtomicInteger();
        var probe = new Probe("busy", () -> {
            if (asked.incrementAndGet() > 1) {
                throw new TimeoutException();
            }
            return true;
        });
        assertThat(probe.healthy()).isTrue();
        await().until(() -> probe.healthy() && asked.get() == 2);
        await().until(() -> !probe.healthy() && asked.get() == 3);
    }

    @Test
    @Timeout(10)
    void a_check_that_hangs_is_unhealthy_and_interrupted() throws InterruptedException {
        var interrupted = new CountDownLatch(1);
        var probe = new Probe("hanging", () -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return true;
        });
        long before = System.nanoTime();
        assertThat(probe.healthy()).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
        interrupted.await();
    }
}
