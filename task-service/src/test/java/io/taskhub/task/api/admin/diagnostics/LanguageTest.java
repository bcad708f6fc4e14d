package io.taskhub.task.api.admin.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LanguageTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en | ENGLISH",
                "EN-us | ENGLISH",
                "en, zh | ENGLISH",
                "zh, en | CHINESE",
                "zh-CN,zh;q=0.9,en;q=0.8 | CHINESE",
                "en-US,en;q=0.9,zh-CN;q=0.8 | ENGLISH",
                "zh;q=0.5, en;q=0.6 | ENGLISH",
                "fr, en;q=0.1 | ENGLISH",
                "en;q=0 | CHINESE",
                "fr | CHINESE",
                "* | CHINESE",
                "fr, *;q=0.5 | CHINESE",
                "*, zh;q=0 | ENGLISH",
                "'' | CHINESE",
                "~~~;;q | CHINESE",
                "en;q=lots | CHINESE"
            })
    void the_heaviest_of_the_two_wins(String header, Language expected) {
        assertThat(Language.of(header)).isEqualTo(expected);
    }

    @Test
    void without_a_wish_it_is_chinese() {
        assertThat(Language.of(null)).isEqualTo(Language.CHINESE);
    }
}
