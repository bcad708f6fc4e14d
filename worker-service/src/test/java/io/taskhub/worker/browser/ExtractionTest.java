package io.taskhub.worker.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ExtractionTest {
    private final Extraction extraction = new Extraction();

    @Test
    void a_page_that_answers_the_script_itself_is_cut_to_the_same_size() {
        String flood = "x".repeat(1_000_000);
        List<Object> links = Collections.nCopies(1_000, Map.of("text", flood, "href", flood, "more", flood));
        Map<String, Object> found = Map.of("url", flood, "title", flood, "text", flood, "links", links, "more", flood);
        for (int page = 0; page < 10; page++) {
            extraction.keep(found);
        }
        assertThat(extraction.pages()).hasSize(5);
        assertThat(extraction.pages().toString()).hasSizeBetween(5 * 56_000, 5 * 60_000);
    }

    @Test
    void what_is_of_another_shape_is_left_out() {
        extraction.keep(Map.of("url", 1, "title", List.of(), "links", List.of(1, Map.of("text", "a"))));
        extraction.keep("text");
        assertThat(extraction.pages())
                .containsExactly(
                        Map.of("url", "", "title", "", "text", "", "links", List.of(Map.of("text", "a", "href", ""))),
                        Map.of("url", "", "title", "", "text", "", "links", List.of()));
    }
}
