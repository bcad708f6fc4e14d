package io.taskhub.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class LoginThrottleTest {
    private final SettableClock clock = new SettableClock();
    private final LoginThrottle throttle = new LoginThrottle(clock);

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            assertThat(throttle.attempt("alice", "10.0.0.1")).isZero();
        }
    }

    @Test
    void ten_failures_a_minute_and_then_one_waits_for_the_first_to_be_forgotten() {
        fail(10);
        clock.advance(Duration.ofSeconds(20));
        assertThat(throttle.attempt("alice", "10.0.0.1")).isBetween(40L, 41L);
        clock.advance(Duration.ofSeconds(40));
        assertThat(throttle.attempt("alice", "10.0.0.1")).isZero();
    }

    @Test
    void another_user_and_another_address_are_not_held_up() {
        fail(10);
        assertThat(throttle.attempt("bob", "10.0.0.1")).isZero();
        assertThat(throttle.attempt("alice", "10.0.0.2")).isZero();
    }

    @Test
    void a_success_forgives() {
        fail(9);
        throttle.succeeded("alice", "10.0.0.1");
        fail(10);
    }
}
