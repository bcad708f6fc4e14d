package io.taskhub.task.api.eventjob;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FilePathTest {

    @Test
    void the_first_segment_is_the_job_and_the_rest_its_file() {
        assertThat(FilePath.parse("job-1/Event%20Name/DE/a+b%2Bc.md"))
                .contains(new FilePath("job-1", "Event Name/DE/a+b+c.md"));
        assertThat(FilePath.parse("7/%E4%BC%9A.md")).contains(new FilePath("7", "会.md"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "job-1",
                "job-1/",
                "/etc/passwd",
                "job-1//a.md",
                "job-1/./a.md",
                "job-1/../a.md",
                "../job-1/a.md",
                "job-1/%2e%2e/a.md",
                "job-1/.%2E/a.md",
                "job-1/%2e/a.md",
                "job-1/a%2fb.md",
                "job-1/..%2fb.md",
                "job-1/..%5cb.md",
                "job-1/a\\b.md",
                "job-1/a.md%00",
                "job-1/a%0a.md",
                "job-1/a%zz.md",
                "job-1/a%2"
            })
    void nothing_else_names_a_file(String sent) {
        assertThat(FilePath.parse(sent)).isEmpty();
    }
}
