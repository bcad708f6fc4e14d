package io.taskhub.worker.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskhub.contracts.Report.Outcome;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GoldenDocumentsTest extends DocumentTestBase {

    @ParameterizedTest
    @CsvSource({
        "session.html, text/html; charset=utf-8",
        "blog.html, text/html",
        "docs.html, application/xhtml+xml",
        "german.html, text/html",
        "edges.html, text/html",
    })
    void a_page_becomes_the_markdown_that_is_kept_beside_it(String name, String type) {
        site.with("/" + name, type, resource(name))
                .with("/img/stage.png", "image/png", PNG)
                .with("/people/bob.png", "image/png", PNG)
                .with("/blog/2026/chart.png", "image/png", PNG)
                .with("/img/vector.svg", "image/svg+xml", "<svg onload='alert(1)'/>");
        assertThat(run("/" + name).outcome()).isEqualTo(Outcome.SUCCEEDED);
        String document = artifacts.text("Open Conf/DE/Main Track/my talk.md").replace(":" + site.port(), "");
        assertThat(document).isEqualTo(new String(resource(name.replace(".html", ".md")), StandardCharsets.UTF_8));
    }

    @Test
    void images_are_stored_once_each_beside_the_document() {
        site.with("/page", "text/html", resource("session.html"))
                .with("/img/stage.png", "image/png", PNG)
                .with("/people/bob.png", "image/png", PNG);
        run("/page");
        assertThat(artifacts.files().keySet())
                .containsExactly(
                        "Open Conf/DE/Main Track/my talk.md",
                        "Open Conf/assets/my talk/img-1.png",
                        "Open Conf/assets/my talk/img-2.png");
        assertThat(site.paths().stream().filter("/img/stage.png"::equals)).hasSize(1);
        assertThat(site.paths()).doesNotContain("/pixel.gif", "/logo.png");
    }
}
