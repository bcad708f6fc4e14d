package io.taskhub.worker.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskhub.contracts.AgentUpdate;
import io.taskhub.contracts.Condition;
import io.taskhub.contracts.Locator;
import io.taskhub.contracts.Plan;
import io.taskhub.contracts.PlanAction;
import io.taskhub.contracts.Report.Outcome;
import io.taskhub.contracts.ScrollTarget;
import io.taskhub.contracts.TaskId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("browser")
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BrowserExecutorTest {
    private static final String HOME = "http://shop.example/";

    /** Each element tells where it is when something is done to it. */
    private static final String SHOP = """
            <title>Shop</title>
            <style>body { margin: 40px; height: 3000px } #go { position: absolute; top: 2500px; left: 333.4px }</style>
            <label>Search <input id=q name=q></label> <input name=Nickname>
            <select id=lang><option value=en>English<option value=de>Deutsch</select>
            <main>What the shop has to say. <a href="/popup">More of it</a></main>
            <button id=go>Go</button> <a target=_blank href="/popup" id=popup>Popup</a>
            <div id=results hidden>Results</div>
            <script>
              const tell = (what, on, also) => document.getElementById(what).addEventListener(on, event => {
                const r = event.currentTarget.getBoundingClientRect();
                const box = [r.left, r.top, r.right, r.bottom].map(Math.round).join(',');
                fetch('/seen?' + what + '=' + event.currentTarget.value + '&box=' + box);
                if (also) also();
              });
              tell('q', 'input');
              tell('lang', 'change');
              tell('go', 'click', () => setTimeout(() => {
                document.getElementById('results').hidden = false;
                document.title = 'All done';
                alert('here they are');
              }, 300));
              console.warn('a warning of the page');
              console.log('nul \\0 half \\ud800.');
            </script>
            """;

    @TempDir
    Path work;

    private final Site site;

    BrowserExecutorTest() throws IOException {
        site = new Site().page("/", SHOP).page("/popup", "<title>Popup</title><body>popped up");
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void a_plan_is_run_to_its_end_and_told_step_by_step() throws IOException {
        List<Plan.Step> steps = AgentRun.steps(
                new PlanAction.Navigate(HOME),
                new PlanAction.TypeText(new Locator.Text("Search", false), "cats", false),
                new PlanAction.Select(new Locator.Css("#lang"), "Deutsch"),
                new PlanAction.Scroll(ScrollTarget.Edge.BOTTOM),
                new PlanAction.Click(new Locator.Aria("button", "Go")),
                new PlanAction.Wait(new Condition.ElementVisible(new Locator.Css("#results"))),
                new PlanAction.Wait(new Condition.TitleMatches("done")),
                new PlanAction.Custom("data.extract-site", Map.of()),
                new PlanAction.TypeText(new Locator.Text("nickname", false), "Puss", false),
                new PlanAction.Custom("fly.away", Map.of()));
        steps.add(AgentRun.step(
                11,
                new PlanAction.Click(new Locator.Text("Popup", true)),
                null,
                new Plan.Validation("the popup is there", new Condition.UrlMatches("/popup"))));
        AgentRun run = AgentRun.start(work, site.dialer(), steps);

        assertThat(run.ended().outcome()).as("%s %s", run.ended(), run.logs()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(run.updates(AgentUpdate.Status.class))
                .extracting(AgentUpdate.Status::current_step)
                .containsExactlyElementsOf(IntStream.range(0, 11).boxed().toList());
        assertThat(site.hits().stream().filter(hit -> hit.contains("/seen")))
                .containsExactlyElementsOf(seen(run, Map.of("type", "q=cats", "select", "lang=de", "click", "go=")));
        assertThat(run.updates(AgentUpdate.Overlay.class))
                .extracting(AgentUpdate.Overlay::step)
                .containsExactly("step-2", "step-3", "step-5", "step-6", "step-9", "step-11");
        assertThat(run.logs())
                .contains(
                        "info Navigated to " + HOME,
                        "warn Console: a warning of the page",
                        "info Console: nul \uFFFD half \uFFFD.",
                        "info Typed into \"Search\"",
                        "info Selected \"Deutsch\" in #lang",
                        "info Clicked button \"Go\"",
                        "warn Dismissed a dialog (alert): here they are",
                        "info Typed into \"nickname\"",
                        "warn Passed over: no tool of the name fly.away");
        assertThat(run.updates(AgentUpdate.Artifact.class))
                .extracting(AgentUpdate.Artifact::path)
                .containsExactlyElementsOf(Stream.of(1, 2, 3, 5, 9, 11)
                        .map(step -> "soulbrowser-output/artifacts/"
                                + TaskId.of(AgentRun.ID).tsk() + "/step-" + step + ".png")
                        .toList());
        assertThat(run.files().get("step-1.png")).startsWith(0x89, 'P', 'N', 'G');
        assertThat(run.ended().data()).contains("What the shop has to say.", HOME + "popup", "\"title\":\"Popup\"");
        try (Stream<Path> left = Files.list(work)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void a_page_is_scrolled_in_every_way() throws IOException {
        AgentRun run = AgentRun.start(
                work,
                site.dialer(),
                AgentRun.steps(
                        new PlanAction.Navigate(HOME),
                        new PlanAction.Scroll(new ScrollTarget.Pixels(600)),
                        new PlanAction.Scroll(ScrollTarget.Edge.TOP),
                        new PlanAction.Scroll(new ScrollTarget.Element(new Locator.Css("#lang")))));
        assertThat(run.ended().outcome()).as("%s %s", run.ended(), run.logs()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(run.logs())
                .contains("info Scrolled by 600 pixels", "info Scrolled to the top", "info Scrolled to #lang");
    }

    /** What the page's own elements said of themselves, made from the overlays. */
    private static List<String> seen(AgentRun run, Map<String, String> values) {
        return run.updates(AgentUpdate.Overlay.class).stream()
                .filter(overlay -> values.containsKey(overlay.meta().get("action"))
                        && !List.of("step-9", "step-11").contains(overlay.step()))
                .map(overlay -> "shop.example /seen?"
                        + values.get(overlay.meta().get("action")) + "&box="
                        + String.join(
                                ",",
                                overlay.bbox().stream().map(String::valueOf).toList()))
                .toList();
    }

    @Test
    void what_must_hold_after_a_step_and_does_not_fails_the_task() {
        Plan.Validation wrong = new Plan.Validation("it is a zoo", new Condition.TitleMatches("Zoo"));
        AgentRun run = AgentRun.start(
                work, site.dialer(), List.of(AgentRun.step(1, new PlanAction.Navigate(HOME), 1_500L, wrong)));
        assertThat(run.failure()).isEqualTo("VALIDATION_FAILED");
        assertThat(run.ended().message()).contains("step-1", "it is a zoo");
    }

    @Test
    void an_element_that_is_not_there_fails_the_task() {
        AgentRun run = AgentRun.start(
                work,
                site.dialer(),
                List.of(
                        AgentRun.step(1, new PlanAction.Navigate(HOME), null),
                        AgentRun.step(2, new PlanAction.Click(new Locator.Css("#nowhere")), 500L)));
        assertThat(run.failure()).isEqualTo("ELEMENT_NOT_FOUND");
    }
}
