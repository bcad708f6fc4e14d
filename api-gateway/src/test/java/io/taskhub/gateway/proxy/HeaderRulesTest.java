package io.taskhub.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class HeaderRulesTest {

    @Test
    void a_sane_request_id_is_kept_and_any_other_replaced() {
        assertThat(HeaderRules.requestId("Order-17_a.b")).isEqualTo("Order-17_a.b");
        assertThat(HeaderRules.requestId(null)).matches("[0-9a-f]{32}");
        assertThat(HeaderRules.requestId("")).matches("[0-9a-f]{32}");
        assertThat(HeaderRules.requestId("a b")).matches("[0-9a-f]{32}");
        assertThat(HeaderRules.requestId("x".repeat(65))).matches("[0-9a-f]{32}");
    }
}
