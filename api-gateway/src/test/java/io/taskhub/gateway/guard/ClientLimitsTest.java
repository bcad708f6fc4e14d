package io.taskhub.gateway.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ClientLimitsTest {

    @Test
    void a_client_has_its_burst_and_then_waits_while_others_go_on() {
        ClientLimits limits = new ClientLimits(true, 1, 3);
        for (int i = 0; i < 3; i++) {
            assertThat(limits.take("alice")).isZero();
        }
        assertThat(limits.take("alice")).isPositive();
        assertThat(limits.take("bob")).isZero();
    }
}
