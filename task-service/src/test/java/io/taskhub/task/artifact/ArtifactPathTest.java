package io.taskhub.task.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ArtifactPathTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "step-1.png", "Event 1/DE/Track (2)/a b.md", "日本/ö.md", "..a/b..", "a/...", "%2e%2e/x", "😀"
            })
    void paths_with_plain_segments_are_allowed(String path) {
        assertThat(ArtifactPath.isAllowed(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/a",
                "a/",
                "a//b",
                ".",
                "..",
                "a/./b",
                "a/../b",
                "../a",
                "a\\b",
                "a\nb",
                "a\u0000",
                "\u007f",
                "\u0085",
                "a/\ud800",
                "\udc00"
            })
    void paths_that_lead_elsewhere_or_cannot_be_stored_are_not(String path) {
        assertThat(ArtifactPath.isAllowed(path)).isFalse();
    }

    @Test
    void the_length_counts_in_bytes() {
        assertThat(ArtifactPath.isAllowed("a".repeat(512))).isTrue();
        assertThat(ArtifactPath.isAllowed("a".repeat(513))).isFalse();
        assertThat(ArtifactPath.isAllowed("ö".repeat(256))).isTrue();
        assertThat(ArtifactPath.isAllowed("ö".repeat(256) + "a")).isFalse();
    }

    @Test
    void the_name_is_the_last_segment() {
        assertThat(ArtifactPath.name("a/b/c.md")).isEqualTo("c.md");
        assertThat(ArtifactPath.name("c.md")).isEqualTo("c.md");
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/png", "text/markdown; charset=utf-8", "application/vnd.a+json;v=\"1 2\""})
    void a_media_type_may_have_parameters(String mime) {
        assertThatCode(() -> Naming.check("a", "", mime)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "png", "image/", "image/png\r\nX: y", "image/png;", "a/b;c=\"d", "a/b c"})
    void anything_else_is_no_media_type(String mime) {
        assertThatThrownBy(() -> Naming.check("a", "", mime)).isInstanceOf(ArtifactException.NotAllowed.class);
    }

    @Test
    void a_label_is_a_line_of_text() {
        assertThatThrownBy(() -> Naming.check("a", "b\nc", "a/b")).isInstanceOf(ArtifactException.NotAllowed.class);
        assertThatThrownBy(() -> Naming.check("a", "b".repeat(513), "a/b"))
                .isInstanceOf(ArtifactException.NotAllowed.class);
    }
}
