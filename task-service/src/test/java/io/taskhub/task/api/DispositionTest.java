package io.taskhub.task.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DispositionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a b.zip | attachment; filename=\"a b.zip\"; filename*=UTF-8''a%20b.zip",
                "Größe.zip | attachment; filename=\"Gr__e.zip\"; filename*=UTF-8''Gr%C3%B6%C3%9Fe.zip",
                "a\"b'c.zip | attachment; filename=\"a_b'c.zip\"; filename*=UTF-8''a%22b%27c.zip"
            })
    void a_download_has_a_name_for_everybody_and_the_true_one(String filename, String header) {
        assertThat(Disposition.attachment(filename)).isEqualTo(header);
    }
}
