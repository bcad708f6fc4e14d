package io.taskhub.worker.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskhub.contracts.DocumentJob;
import io.taskhub.contracts.Report.Outcome;
import io.taskhub.worker.executor.Ended;
import io.taskhub.worker.executor.Execution;
import io.taskhub.worker.executor.Payload;
import io.taskhub.worker.net.AddressRules;
import io.taskhub.worker.net.LocalSite;
import io.taskhub.worker.net.WebClient;
import io.taskhub.worker.text.Translator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DocumentExecutorTest extends DocumentTestBase {
    private static final String PAGE = "<h1>Title</h1><p>Hello <a href='x'>world</a>.</p>";
    private static final String DOCUMENT = "Open Conf/DE/Main Track/my talk.md";

    private static Translator translating(boolean works) {
        return new Translator() {
            @Override
            public boolean isConfigured() {
                return true;
            }

            @Override
            public String translate(String markdown, String from, String to) throws IOException {
                if (works) {
                    return from + ">" + to + "\n" + markdown;
                }
                throw new IOException("model does not answer");
            }
        };
    }

    private void assertHopeless(Ended ended, String message) {
        assertThat(ended.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(ended.message()).isEqualTo(message);
        assertThat(ended.retryable()).isFalse();
        assertThat(directory).isEmptyDirectory();
    }

    private void assertFailed(Ended ended, String message) {
        assertThat(ended.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(ended.message()).isEqualTo(message);
        assertThat(ended.retryable()).isTrue();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void every_step_is_told_in_order() {
        site.with("/page", "text/html", PAGE + "<p><img src=a.png><img src=b.png></p>")
                .with("/a.png", "image/png", PNG)
                .with("/b.png", "image/png", PNG);
        assertThat(run("/page").outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(steps)
                .containsExactly(
                        new Step(0, "initializing"),
                        new Step(5, "fetching"),
                        new Step(35, "converting"),
                        new Step(50, "assets"),
                        new Step(62, "assets"),
                        new Step(75, "assets"),
                        new Step(75, "translating"),
                        new Step(100, "completed"));
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void the_result_names_the_files_and_where_the_page_was() {
        site.with("/old", LocalSite.moved("/page")).with("/page", "text/html", PAGE);
        assertThat(run("/old").data())
                .isEqualTo(Payload.json(new DocumentJob.Result(
                        DOCUMENT,
                        List.of(),
                        "Title",
                        false,
                        site.url("/page"),
                        "not translated: no translator is configured")));
    }

    @Test
    void text_is_translated_when_the_languages_differ() {
        translator = translating(true);
        site.with("/page", "text/html", PAGE);
        assertThat(run("/page").data()).contains("\"translated\":true");
        assertThat(artifacts.text(DOCUMENT)).contains("translated: true\n").contains("en>de\n# Title");
    }

    @Test
    void one_language_needs_no_translator() {
        translator = translating(false);
        site.with("/page", "text/html", PAGE);
        DocumentJob same = new DocumentJob("E", "S", site.url("/page"), "s.md", "", "de", "DE");
        assertThat(run(same).data()).contains("source and target language are the same");
        assertThat(artifacts.files()).containsOnlyKeys("E/DE/s.md");
    }

    @Test
    void a_translation_that_fails_may_succeed_later() {
        translator = translating(false);
        site.with("/page", "text/html", PAGE);
        assertFailed(run("/page"), "model does not answer");
        assertThat(artifacts.files()).isEmpty();
    }

    @Test
    void names_never_lead_out_of_their_directory() {
        site.with("/page", "text/html", PAGE + "<img src=a.png>").with("/a.png", "image/png", PNG);
        run(new DocumentJob("../..", "S", site.url("/page"), "/etc/passwd", "..", "en", "../de"));
        assertThat(artifacts.files())
                .containsOnlyKeys("..-../..-DE/_/-etc-passwd", "..-../assets/-etc-passwd/img-1.png");
    }

    @Test
    void front_matter_is_yaml_whatever_the_fields_hold() {
        site.with("/page", "text/html", PAGE);
        run(new DocumentJob("a: \"b\" # c", "- x\n\u2028y", site.url("/page"), "s.md", "", "en", "de"));
        assertThat(artifacts.text("a: \"b\" # c/DE/s.md"))
                .contains("event: \"a: \\\"b\\\" # c\"\n")
                .contains("session: \"- x\\n\\u2028y\"\n");
    }

    @ParameterizedTest
    @CsvSource({"application/pdf", "image/png", "application/json", "application/octet-stream"})
    void other_types_are_refused(String type) {
        site.with("/page", type, "whatever");
        assertHopeless(run("/page"), "unsupported content type " + type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html><body></body></html>", "   ", "<nav>only</nav><script>x()</script>"})
    void a_page_without_content_is_refused(String page) {
        site.with("/page", "text/html", page);
        assertHopeless(run("/page"), "no content");
    }

    @Test
    void a_page_that_needs_scripts_has_no_content() {
        site.with("/page", "text/html", resource("empty.html"));
        assertHopeless(run("/page"), "no content");
    }

    @Test
    void what_cannot_be_fetched_fails_once_or_for_good() {
        site.with("/down", LocalSite.page(503, "text/html", "later")).with("/loop", LocalSite.moved("/loop"));
        assertHopeless(run("/missing"), "HTTP status 404");
        assertFailed(run("/down"), "HTTP status 503");
        assertHopeless(run("/loop"), "more than 5 redirects");
    }

    @Test
    void large_pages_and_bombs_are_refused() {
        site.with("/bomb", LocalSite.bomb(50)).with("/endless", LocalSite.endless());
        assertHopeless(run("/bomb"), "larger than 20 MiB");
        assertHopeless(run("/endless"), "larger than 20 MiB");
    }

    @Test
    void a_silent_site_fails_this_attempt() {
        limits = new WebClient.Limits(Duration.ofSeconds(5), Duration.ofMillis(200), Duration.ofSeconds(5));
        site.with("/page", site.silent());
        assertFailed(run("/page"), "no answer within 0.2 s");
    }

    @Test
    void private_addresses_are_refused() {
        rules = new AddressRules(false);
        assertHopeless(run("/page"), "private address refused: 127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "{\"event\":\"E\"}"})
    void a_payload_that_is_no_job_is_refused(String payload) {
        assertThat(run(payload, new Execution[1]).retryable()).isFalse();
    }

    @Test
    void a_page_beyond_measure_is_refused_and_a_deep_one_too() {
        site.with("/many", "text/html", "<p>x".repeat(HtmlPage.MOST_ELEMENTS + 1))
                .with("/deep", "text/html", "<div>".repeat(5_000) + "x");
        assertHopeless(run("/many"), "page has more than 150000 elements");
        assertHopeless(run("/deep"), "page is nested deeper than 500 elements");
    }

    @ParameterizedTest
    @CsvSource({
        "'<b>bold</b> <a href=x>link</a><br><br>', 37000",
        "'<ul><li><p>item</ul>', 49000",
        "'<blockquote>text', 490",
        "'<ul><li>text', 240",
    })
    void a_page_that_is_just_not_beyond_measure_becomes_a_document_in_time(String tags, int times) {
        site.with("/page", "text/html", tags.repeat(times));
        assertThat(run("/page").outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    @Test
    void code_of_countless_lines_is_refused() {
        site.with("/page", "text/html", "<pre>" + "x\n".repeat(500_001));
        assertHopeless(run("/page"), "page has more than 500000 lines");
    }

    @Test
    void a_title_loses_the_name_of_its_host() {
        site.with("/page", "text/html", "<title>Queues | 127.0.0.1</title><p>text");
        assertThat(run("/page").data()).contains("\"title\":\"Queues\"");
        site.with("/page", "text/html", "<title>Queues - Tasks</title><p>text");
        assertThat(run("/page").data()).contains("\"title\":\"Queues - Tasks\"");
    }

    @Test
    void task_service_decides_what_is_stored() {
        site.with("/page", "text/html", PAGE);
        artifacts.refuse();
        assertHopeless(run("/page"), "quota exceeded");
        artifacts.fail(new IOException("task-service cannot be reached"));
        assertFailed(run("/page"), "task-service cannot be reached");
    }

    @Test
    void plain_text_is_kept_from_being_markdown() {
        site.with(
                "/page",
                "text/plain; charset=iso-8859-1",
                "# no heading\n1. gr\u00fcn *x*\n".getBytes(StandardCharsets.ISO_8859_1));
        run("/page");
        assertThat(artifacts.text(DOCUMENT)).endsWith("---\n\n# Queues\n\n\\# no heading\n1\\. grün \\*x\\*\n");
    }

    @Test
    void markdown_is_taken_over_with_its_images() {
        site.with("/page.md", "text/plain", "---\na: b\n---\n# Notes\n\n![x](a.png \"t\") ![y](/b.png)\n")
                .with("/a.png", "image/png", PNG);
        run("/page.md");
        assertThat(artifacts.text(DOCUMENT))
                .contains("title: \"Notes\"\n")
                .endsWith("---\n\n# Notes\n\n![x](../../assets/my%20talk/img-1.png \"t\") ![y](" + site.url("/b.png")
                        + ")\n");
    }

    @ParameterizedTest
    @CsvSource({
        "UTF-8, text/html",
        "windows-1252, text/html",
        "UTF-16, text/html",
        "ISO-8859-15, text/html; charset=iso-8859-15"
    })
    void umlauts_arrive_in_every_charset(String charset, String type) throws Exception {
        site.with("/page", type, "<p>Größe über Straße</p>".getBytes(charset));
        run("/page");
        assertThat(artifacts.text(DOCUMENT)).contains("Größe über Straße");
    }

    @Test
    void a_cancel_ends_a_run_that_waits_for_an_image() throws Exception {
        site.with("/page", "text/html", PAGE + "<img src=a.png>").with("/a.png", site.silent());
        @Nullable Execution[] started = new Execution[1];
        CompletableFuture<Ended> ended = new CompletableFuture<>();
        Thread.startVirtualThread(() -> ended.complete(run(Payload.json(job("/page")), started)));
        await().until(() -> site.paths().contains("/a.png"));
        Execution execution = started[0];
        if (execution != null) {
            execution.stop(Execution.Stop.CANCELLED);
        }
        assertThat(ended.get(5, TimeUnit.SECONDS).outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(directory).isEmptyDirectory();
    }
}
