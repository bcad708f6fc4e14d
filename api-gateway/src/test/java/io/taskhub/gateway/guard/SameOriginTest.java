package io.taskhub.gateway.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SameOriginTest {

    @Test
    void our_own_pages_pass() {
        assertThat(SameOrigin.isOurs("http://taskhub:8080", null, "taskhub:8080"))
                .isTrue();
        assertThat(SameOrigin.isOurs(null, "same-origin", "taskhub:8080")).isTrue();
    }

    @Test
    void pages_of_others_and_requests_that_do_not_say_are_refused() {
        assertThat(SameOrigin.isOurs("http://evil", "same-origin", "taskhub")).isFalse();
        assertThat(SameOrigin.isOurs("null", null, "taskhub")).isFalse();
        assertThat(SameOrigin.isOurs("http://taskhub:9090", null, "taskhub:8080"))
                .isFalse();
        assertThat(SameOrigin.isOurs(null, "cross-site", "taskhub")).isFalse();
        assertThat(SameOrigin.isOurs(null, null, "taskhub")).isFalse();
        assertThat(SameOrigin.isOurs("http://taskhub", null, null)).isFalse();
    }
}
