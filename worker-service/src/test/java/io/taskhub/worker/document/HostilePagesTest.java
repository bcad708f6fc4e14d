package io.taskhub.worker.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskhub.contracts.Report.Outcome;
import io.taskhub.worker.executor.Ended;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages that want time or memory out of proportion: they become documents in time, or are refused. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HostilePagesTest extends DocumentTestBase {
    private static final int MANY = 1_000_000;
    private static final String DOCUMENT = "Open Conf/DE/Main Track/my talk.md";

    private void assertRefused(Ended ended, String message) {
        assertThat(ended.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(ended.message()).isEqualTo(message);
        assertThat(ended.retryable()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain, x, ' ', x",
        "text/plain, '', '-', x",
        "text/plain, '', '|', x",
        "text/markdown, x, '![', x",
        "text/markdown, '# ', ' ', x",
        "text/markdown, '# x', '#', x",
        "text/markdown, '![x](', ' ', x",
        "text/html, '<p>x<img srcset=\"', a, ' b c\">'",
        "text/html, '<p>x<img srcset=\"', ',', ' b c\">'",
        "text/html, '<title>', ' - ', '\u2028</title><p>x'",
    })
    void a_long_run_of_anything_becomes_a_document_in_time(String type, String before, String run, String after) {
        site.with("/page", type, before + run.repeat(MANY) + after);
        assertThat(run("/page").outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    @ParameterizedTest
    @CsvSource({"'<i> </i>'", "'<div class=ad>y</div>'", "'<h2><a>#</a>'"})
    void many_elements_in_a_row_become_a_document_in_time(String element) {
        site.with("/page", "text/html", "x" + element.repeat(70_000) + "x");
        assertThat(run("/page").outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    @Test
    void the_largest_candidate_is_taken_whatever_is_between_them() {
        site.with("/page", "text/html", "<p>x<img srcset='a.png, /b,c.png 640w ,d.png 2x, e.png 20q'>");
        run("/page");
        assertThat(site.paths()).contains("/b,c.png");
    }

    @Test
    void deep_quotes_and_lists_do_not_begin_every_line_again() {
        String lines = "<pre>" + "x\n".repeat(200_000);
        site.with("/quotes", "text/html", "<blockquote>".repeat(490) + lines)
                .with("/lists", "text/html", "<ul><li>x".repeat(200) + lines);
        assertThat(run("/quotes").outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(artifacts.text(DOCUMENT)).contains("> > > ```\n").hasSizeLessThan(8_000_000);
        assertThat(run("/lists").outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(artifacts.text(DOCUMENT)).hasSizeLessThan(8_000_000);
    }

    @Test
    void an_address_without_end_is_none() {
        String endless = "l".repeat(MANY);
        site.with(
                "/page",
                "text/html",
                "<base href='/" + endless + "/'>" + "<a href=a>x</a>".repeat(10_000) + "<p><a href='/" + endless
                        + "'>y</a><img src='/" + endless + "'>");
        run("/page");
        assertThat(artifacts.text(DOCUMENT))
                .contains("[x](" + site.url("/a") + ")")
                .endsWith("\n\ny\n");
    }

    @ParameterizedTest
    @CsvSource({"<a href=a>x</a>", "<a href=a><p>x</p><p>y</p></a>", "<p>x<img src=a>"})
    void short_references_that_stand_for_long_addresses_are_refused(String reference) {
        site.with("/page", "text/html", "<base href='/" + "l".repeat(1_000) + "/'>" + reference.repeat(5_000));
        assertRefused(run("/page"), "page has more than 4 MiB of addresses");
    }

    @Test
    void images_without_end_are_refused() {
        String images =
                IntStream.range(0, 10_001).mapToObj(i -> "![](" + i + ")").collect(Collectors.joining());
        site.with("/page", "text/markdown", images);
        assertRefused(run("/page"), "page has more than 10000 images");
    }

    @Test
    void one_wide_row_does_not_widen_thousands_of_others() {
        site.with("/page", "text/html", "<table><tr><td>x<td colspan=99>y" + "<tr><td>x".repeat(10_000));
        assertRefused(run("/page"), "tables on the page have more than 250000 cells");
    }

    @Test
    void a_title_is_cut() {
        site.with("/page", "text/html", "<h1>" + "t".repeat(MANY) + "</h1>text");
        assertThat(run("/page").data()).contains("\"title\":\"" + "t".repeat(500) + "\"");
    }

    @Test
    void an_image_that_is_too_much_leaves_room_for_smaller_ones() {
        byte[] large = Arrays.copyOf(PNG, 9 << 20);
        String images =
                IntStream.range(0, 6).mapToObj(i -> "<img src=" + i + ">").collect(Collectors.joining());
        IntStream.range(0, 6).forEach(i -> site.with("/" + i, "image/png", large));
        site.with("/page", "text/html", "<p>x" + images + "<img src=small>").with("/small", "image/png", PNG);
        run("/page");
        assertThat(artifacts.files()).hasSize(7).containsKey("Open Conf/assets/my talk/img-7.png");
    }
}
