package io.taskhub.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One golden JSON per message: a change of the wire is a change of a file under {@code golden/}. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ContractsAreStableTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TaskId TASK = TaskId.of("0199c8f0-0000-7000-8000-00000000002a");
    private static final UUID SESSION = UUID.fromString("0199c8f0-1111-7000-8000-000000000001");

    static Stream<Arguments> messages() {
        var subject = new TaskEvent.Subject(TASK, 42, "42", null, Origin.TASKHUB, 3, 1_760_000_000_000L);
        return Stream.of(
                Arguments.of(
                        "event-created",
                        TaskEvent.class,
                        new TaskEvent.Created(subject, TaskState.PENDING, "default", "shell", 1_760_000_000_000L)),
                Arguments.of("event-started", TaskEvent.class, new TaskEvent.Started(subject, 1, 4, "worker-1")),
                Arguments.of(
                        "event-progressed",
                        TaskEvent.class,
                        new TaskEvent.Progressed(subject, 1, 50, "processing", "half way", "{\"release_id\":\"7\"}")),
                Arguments.of(
                        "event-cancel-requested", TaskEvent.class, new TaskEvent.CancelRequested(subject, "by admin")),
                Arguments.of(
                        "event-retrying",
                        TaskEvent.class,
                        new TaskEvent.Retrying(subject, 1, 2, "exit code 2", false, 12, 1_760_000_016_000L)),
                Arguments.of("event-returned", TaskEvent.class, new TaskEvent.Returned(subject, "lost")),
                Arguments.of(
                        "event-finished",
                        TaskEvent.class,
                        new TaskEvent.Finished(subject, TaskState.COMPLETED, false, 1, 0, "", 100, 34)),
                Arguments.of("event-restarted", TaskEvent.class, new TaskEvent.Restarted(subject, TaskState.PENDING)),
                Arguments.of("event-deleted", TaskEvent.class, new TaskEvent.Deleted(subject)),
                Arguments.of(
                        "log-record",
                        LogRecord.class,
                        new LogRecord(
                                TASK,
                                42,
                                "node-a",
                                "1760000000000_a1b2c3",
                                null,
                                2,
                                7,
                                1,
                                "worker-1",
                                1,
                                1,
                                "hello",
                                1_760_000_000_000L,
                                5,
                                Map.of("k", "v"))),
                Arguments.of(
                        "lease",
                        Lease.class,
                        new Lease(TASK, 42, "42", null, null, Origin.V1, 1, 1, 4, "default", "demo", "{}", 0, null)),
                Arguments.of(
                        "claim-request",
                        Lease.ClaimRequest.class,
                        new Lease.ClaimRequest(
                                SESSION,
                                "worker-1",
                                SESSION,
                                false,
                                64,
                                List.of(),
                                List.of("demo"),
                                List.of("gpu"),
                                20_000)),
                Arguments.of(
                        "task-config",
                        TaskConfig.class,
                        new TaskConfig(
                                "a",
                                "step-a",
                                ExecType.HTTP_CALL,
                                "http://127.0.0.1/x",
                                Map.of("method", "POST"),
                                1_500,
                                2,
                                1_000,
                                true,
                                Priority.HIGH,
                                "default",
                                List.of("gpu"),
                                List.of("b"))),
                Arguments.of(
                        "report-progress",
                        Report.class,
                        new Report.Progress(TASK, 1, 1, 50, "processing", "half way", null)),
                Arguments.of(
                        "report-result",
                        Report.class,
                        new Report.Result(
                                TASK, 1, Report.Outcome.SUCCEEDED, true, 0, "out", "", false, "", null, 34, 2)),
                Arguments.of(
                        "task-order",
                        TaskOrder.class,
                        new TaskOrder(
                                "dag:1760000000000_a1b2c3:node-a",
                                TASK,
                                Origin.DAG,
                                "step a",
                                "shell",
                                "{\"command\":\"date\"}",
                                "default",
                                1,
                                List.of("gpu"),
                                3,
                                1_000,
                                true,
                                1_500,
                                "1760000000000_a1b2c3",
                                "node-a",
                                null,
                                null,
                                "admin")),
                Arguments.of(
                        "task-order-receipt",
                        TaskOrder.Receipt.class,
                        new TaskOrder.Receipt("dag:1760000000000_a1b2c3:node-a", TASK, null)),
                Arguments.of("task-order-cancel", TaskOrder.Cancel.class, new TaskOrder.Cancel(List.of(TASK), "why")),
                Arguments.of(
                        "task-outcome",
                        TaskOutcome.class,
                        new TaskOutcome(
                                TASK,
                                TaskState.COMPLETED,
                                false,
                                0,
                                "out",
                                "err",
                                "",
                                "{\"a\":1}",
                                1,
                                3,
                                1_760_000_000_000L,
                                1_760_000_000_034L)),
                Arguments.of(
                        "run-order",
                        RunOrder.class,
                        new RunOrder(
                                "cron:job_1760000000000:1760000040000",
                                "cron",
                                "nightly",
                                "job_1760000000000",
                                "admin",
                                null,
                                "tpl-1",
                                Map.of("city", "Oslo"))),
                Arguments.of(
                        "run-order-receipt",
                        RunOrder.Receipt.class,
                        new RunOrder.Receipt("cron:job_1760000000000:1760000040000", "1760000040000_a1b2c3", null)),
                Arguments.of(
                        "run-states",
                        RunOrder.States.class,
                        new RunOrder.States(
                                List.of("1760000000000_a1b2c3"),
                                List.of(new RunOrder.Ended("1760000040000_a1b2c3", "success", 1_760_000_040_500L)))),
                Arguments.of(
                        "dag-event",
                        DagEvent.class,
                        new DagEvent(
                                "1760000000000_a1b2c3",
                                "node-a",
                                "attempt_end",
                                1_760_000_000_034L,
                                5,
                                Map.of("exit_code", 0))),
                Arguments.of(
                        "dag-event-of-the-run",
                        DagEvent.class,
                        new DagEvent("1760000000000_a1b2c3", null, "dag_end", 1_760_000_000_050L, 8, Map.of())),
                Arguments.of("agent-task", AgentTask.class, agentTask()),
                Arguments.of("agent-status", AgentUpdate.class, new AgentUpdate.Status(2, "2025-03-10T08:52:00.000Z")),
                Arguments.of(
                        "agent-log",
                        AgentUpdate.class,
                        new AgentUpdate.Log("info", "Clicked search button", "2025-03-10T08:52:00.000Z")),
                Arguments.of(
                        "agent-overlay",
                        AgentUpdate.class,
                        new AgentUpdate.Overlay(
                                "highlight",
                                List.of(120, 340, 360, 420),
                                "dom",
                                "2025-03-10T08:52:01.000Z",
                                "step-2",
                                Map.of("selector", "#searchInput"))),
                Arguments.of(
                        "agent-artifact",
                        AgentUpdate.class,
                        new AgentUpdate.Artifact(
                                "screenshot",
                                "soulbrowser-output/artifacts/tsk_06E748000000040000000001A/step-1.png",
                                "image/png",
                                4_711,
                                "2025-03-10T08:52:02.000Z")),
                Arguments.of(
                        "agent-error",
                        AgentUpdate.class,
                        new AgentUpdate.Failure("BROWSER_UNAVAILABLE", "no browser found", "install chromium")),
                Arguments.of(
                        "document-job",
                        DocumentJob.class,
                        new DocumentJob(
                                "FOSDEM", "Opening", "https://example.com/session", "opening.md", "Main", "en", "de")),
                Arguments.of(
                        "document-result",
                        DocumentJob.Result.class,
                        new DocumentJob.Result(
                                "FOSDEM/DE/Main/opening.md",
                                List.of("FOSDEM/assets/opening/1.png"),
                                "Opening",
                                false,
                                "https://example.com/session",
                                null)),
                Arguments.of(
                        "stored-artifact",
                        StoredArtifact.class,
                        new StoredArtifact("step-1.png", "screenshot", "image/png", 4_711, "e3b0c442")));
    }

    private static AgentTask agentTask() {
        Locator box = new Locator.Css("#q");
        List<PlanAction> actions = List.of(
                new PlanAction.Navigate("https://example.com/"),
                new PlanAction.TypeText(box, "cats", true),
                new PlanAction.Click(new Locator.Aria("button", "Search")),
                new PlanAction.Select(new Locator.Text("Language", true), "de"),
                new PlanAction.Scroll(ScrollTarget.Edge.BOTTOM),
                new PlanAction.Scroll(new ScrollTarget.Pixels(600)),
                new PlanAction.Wait(new Condition.ElementVisible(box)),
                new PlanAction.Custom("data.extract-site", Map.of("format", "text")));
        List<Plan.Step> steps = new ArrayList<>();
        for (PlanAction action : actions) {
            steps.add(new Plan.Step(
                    "step-" + (steps.size() + 1),
                    "title",
                    "detail",
                    new Plan.Tool(action, Plan.Tool.DOM_READY, 5_000L),
                    List.of(new Plan.Validation("the title is right", new Condition.TitleMatches("cats"))),
                    false,
                    Map.of()));
        }
        Plan plan = new Plan(
                TASK.tsk(),
                "search cats",
                "",
                "2025-03-10T08:51:32.000Z",
                new Plan.Meta(List.of("why"), List.of(), List.of()),
                steps);
        return new AgentTask("search cats", new AgentTask.Planner("rule-based", null, 0), plan, true, false, null);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("messages")
    void a_message_is_written_and_read_as_its_golden_file_says(String name, Class<?> type, Object message)
            throws IOException {
        try (InputStream golden = ContractsAreStableTest.class.getResourceAsStream("/golden/" + name + ".json")) {
            String written = JSON.writerFor(type).withDefaultPrettyPrinter().writeValueAsString(message);
            assertThat(golden)
                    .as("golden/%s.json is missing; it would be%n%s", name, written)
                    .isNotNull();
            JsonNode expected = JSON.readTree(golden);
            assertThat(JSON.readTree(written)).isEqualTo(expected);
            assertThat(JSON.treeToValue(expected, type)).isEqualTo(message);
        }
    }

    @Test
    void an_unknown_event_kind_still_tells_its_sequence() throws IOException {
        TaskEvent event = JSON.readValue("""
                {"kind":"invented","task":"0199c8f0-0000-7000-8000-00000000002a","number":42,"logical":"42",
                 "origin":"v1","seq":9,"ts_ms":1,"more":{}}""", TaskEvent.class);
        assertThat(event).isInstanceOf(TaskEvent.Unknown.class);
        assertThat(event.subject().seq()).isEqualTo(9);
    }
}
