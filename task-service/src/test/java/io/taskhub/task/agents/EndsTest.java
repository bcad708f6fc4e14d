package io.taskhub.task.agents;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EndsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "' , cats. '|cats",
                "'. cats'|cats",
                ".btn|.btn",
                "cats and then|cats",
                "cats, Please to|cats",
                "band|band",
                "into|into",
                "and|''",
                "猫，然后再|猫",
                "猫 and，并且。|猫",
                "a: b|a: b",
                ".|''"
            })
    void what_joins_is_cut_off(String text, String bare) {
        assertThat(Ends.trim(text)).isEqualTo(bare);
    }

    @Test
    void many_separators_take_as_long_as_they_are() {
        assertThat(Ends.trim(". ".repeat(500_000) + "x" + " and".repeat(200_000)))
                .isEqualTo("x");
    }
}
