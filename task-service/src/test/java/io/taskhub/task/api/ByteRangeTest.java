package io.taskhub.task.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskhub.contracts.TaskId;
import io.taskhub.task.artifact.Artifact;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ByteRangeTest {

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0,0,1",
        "bytes=0-9,0,10",
        "bytes=3-5,3,3",
        "bytes=3-,3,7",
        "bytes=3-99999999999999999999,3,7",
        "bytes=-3,7,3",
        "bytes=-30,0,10",
        "Bytes= 9-9 ,9,1"
    })
    void one_range_is_cut_to_the_file(String header, long from, long length) {
        assertThat(ByteRange.of(header, 10)).isEqualTo(new ByteRange.Part(from, length));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=10-", "bytes=10-20", "bytes=-0", "bytes=99999999999999999999-"})
    void a_range_behind_the_end_cannot_be_satisfied(String header) {
        assertThat(ByteRange.of(header, 10)).isEqualTo(new ByteRange.Unsatisfiable());
    }

    @Test
    void an_empty_file_has_no_range() {
        assertThat(ByteRange.of("bytes=0-", 0)).isEqualTo(new ByteRange.Unsatisfiable());
        assertThat(ByteRange.of("bytes=-1", 0)).isEqualTo(new ByteRange.Unsatisfiable());
        assertThat(ByteRange.of(null, 0)).isEqualTo(new ByteRange.Whole());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "bytes",
                "bytes=",
                "bytes=-",
                "bytes=5-4",
                "bytes=0-1,3-4",
                "lines=1-2",
                "bytes=a-b",
                "bytes=+1-2"
            })
    void anything_else_is_passed_over(@Nullable String header) {
        assertThat(ByteRange.of(header, 10)).isEqualTo(new ByteRange.Whole());
    }

    private static Artifact file(String path, String mime) {
        return new Artifact(
                new TaskId(UUID.randomUUID()), path, "", mime, 1, "ab", Instant.parse("2026-03-01T07:05:09.987Z"), "o");
    }

    @Test
    void a_client_that_has_the_file_is_known_by_its_tag_first_and_its_date_then() {
        Artifact file = file("a", "a/b");
        assertThat(FileHeaders.lastModified(file)).isEqualTo("Sun, 01 Mar 2026 07:05:09 GMT");
        assertThat(FileHeaders.isKnown(file, null, null)).isFalse();
        assertThat(FileHeaders.isKnown(file, "\"x\", W/\"ab\"", null)).isTrue();
        assertThat(FileHeaders.isKnown(file, "*", null)).isTrue();
        assertThat(FileHeaders.isKnown(file, "\"x\"", "Sun, 01 Mar 2026 07:05:09 GMT"))
                .isFalse();
        assertThat(FileHeaders.isKnown(file, null, "Sun, 01 Mar 2026 07:05:09 GMT"))
                .isTrue();
        assertThat(FileHeaders.isKnown(file, null, "Sun, 01 Mar 2026 07:05:08 GMT"))
                .isFalse();
        assertThat(FileHeaders.isKnown(file, null, "yesterday")).isFalse();
        assertThat(FileHeaders.isSame(file, null)).isTrue();
        assertThat(FileHeaders.isSame(file, "\"ab\"")).isTrue();
        assertThat(FileHeaders.isSame(file, "W/\"ab\"")).isFalse();
        assertThat(FileHeaders.isSame(file, "Sun, 01 Mar 2026 07:05:09 GMT")).isTrue();
        assertThat(FileHeaders.isSame(file, "Sun, 01 Mar 2026 07:05:10 GMT")).isFalse();
    }

    @Test
    void only_images_are_shown_and_every_name_survives_the_way() {
        assertThat(Disposition.inline(file("x/step-1.png", "image/PNG; a=b")))
                .isEqualTo("inline; filename=\"step-1.png\"; filename*=UTF-8''step-1.png");
        assertThat(Disposition.inline(file("x/\"ö\" (1)%.svg", "image/svg+xml")))
                .isEqualTo("attachment; filename=\"___ (1)_.svg\"; filename*=UTF-8''%22%C3%B6%22%20%281%29%25.svg");
    }
}
