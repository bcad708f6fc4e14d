package io.taskhub.task.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PathNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"Event Name", "FOSDEM 2025", "Größe & Maß", "会议 2025", "Café", "a.b.c", "(x) [y] 'z', w"})
    void a_name_that_is_safe_stays_as_it_is(String name) {
        assertThat(PathName.of(name, "none")).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a/b | a-b",
                "a\\b | a-b",
                "../../etc/passwd | etc-passwd",
                "C:\\Windows | C--Windows",
                "what? | what",
                "50% off; #1 | 50- off- -1",
                ".hidden | hidden",
                "--force | force",
                "dots... | dots",
                "CON | _CON",
                "nul.txt | _nul.txt",
                "Lpt1 .x | _Lpt1 .x",
                "console | console",
                ".. | none",
                ". | none",
                "/ | none",
                "'' | none"
            })
    void everything_else_becomes_one(String text, String name) {
        assertThat(PathName.of(text, "none")).isEqualTo(name);
        assertThat(PathName.of(name, "none")).as("again").isEqualTo(name);
    }

    @Test
    void what_cannot_be_seen_is_left_out_and_blanks_are_blanks() {
        assertThat(PathName.of("a\u202Eb\u00A0c\u0000d", "none")).isEqualTo("ab c-d");
        assertThat(PathName.of("Cafe\u0301", "none")).isEqualTo("Caf\u00E9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "ß", "会", "\uD83D\uDE00"})
    void a_long_name_is_cut_between_characters(String character) {
        String name = PathName.document(character.repeat(200), "session");
        assertThat(name).endsWith(".md").doesNotContain("\uFFFD");
        assertThat(name.getBytes(StandardCharsets.UTF_8).length).isBetween(PathName.MAX_BYTES - 4, PathName.MAX_BYTES);
        assertThat(PathName.document(name, "session")).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "session.md | session.md",
                "Talk.MD | Talk.md",
                "talk | talk.md",
                "talk.html | talk.html.md",
                "con | _con.md",
                ".md | md.md",
                "... | session.md"
            })
    void a_document_ends_in_md(String given, String name) {
        assertThat(PathName.document(given, "session")).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Session Name | session-name.md",
                "Rust: the good, the bad & the ugly! | rust-the-good-the-bad-the-ugly.md",
                "Über Größe | über-größe.md",
                "并发 编程 | 并发-编程.md",
                "हिन्दी | हिन्दी.md",
                "*** | session.md"
            })
    void a_title_becomes_a_slug_in_its_own_script(String title, String filename) {
        assertThat(PathName.document(PathName.slug(title), "session")).isEqualTo(filename);
    }

    @Test
    void the_stem_is_the_name_without_its_extension() {
        assertThat(PathName.stem("a.b.md")).isEqualTo("a.b");
        assertThat(PathName.stem("none")).isEqualTo("none");
    }
}
