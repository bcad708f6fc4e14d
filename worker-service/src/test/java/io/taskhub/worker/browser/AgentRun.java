package io.taskhub.worker.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.taskhub.contracts.AgentTask;
import io.taskhub.contracts.AgentUpdate;
import io.taskhub.contracts.Plan;
import io.taskhub.contracts.PlanAction;
import io.taskhub.contracts.StoredArtifact;
import io.taskhub.worker.artifact.Artifacts;
import io.taskhub.worker.browser.proxy.Dialer;
import io.taskhub.worker.executor.Ended;
import io.taskhub.worker.executor.Execution;
import io.taskhub.worker.executor.Executors;
import io.taskhub.worker.executor.Runner;
import io.taskhub.worker.executor.Voice;
import io.taskhub.worker.executor.Work;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One run of a plan in a real browser, on a thread of its own, as the worker does it. */
final class AgentRun {
    static final String ID = "0199a0b0-0000-7000-8000-000000000001";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<AgentUpdate> updates = new CopyOnWriteArrayList<>();
    private final Map<String, byte[]> files;
    private final Execution execution;
    private final CompletableFuture<Ended> ended = new CompletableFuture<>();

    private AgentRun(String payload, Map<String, byte[]> files) {
        this.files = files;
        this.execution = new Execution(new Work(ID, "42", "browser", "browser", payload, 0, 1, 1, null), new Heard());
    }

    private final class Heard implements Voice {
        @Override
        public void line(int level, int stream, String message, @Nullable Map<String, String> fields) {}

        @Override
        public void progress(int percentage, String stage, String message, @Nullable String data) {
            try {
                AgentUpdate update = JSON.readValue(String.valueOf(data), AgentUpdate.class);
                assertThat(JSON.readTree(data).get("event").asText()).isEqualTo(stage);
                updates.add(update);
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException(data, e);
            }
        }
    }

    /** Keeps what runs store. */
    record Kept(Map<String, byte[]> files) implements Artifacts {
        @Override
        public StoredArtifact store(Work work, Description description, Path file) {
            throw new IllegalStateException("runs store bytes");
        }

        @Override
        public StoredArtifact store(Work work, Description description, byte[] content) {
            files.put(description.path(), content);
            return new StoredArtifact(
                    description.path(), description.label(), description.mime(), content.length, "0".repeat(64));
        }
    }

    /** Says why browser tests do not run where they do not. */
    static Path browserOrSkip() {
        Path browser = Programs.browser().orElse(Path.of("chromium"));
        assumeTrue(browser.isAbsolute(), "no Chromium on this machine: install the package chromium");
        return browser;
    }

    static BrowserExecutor executor(Path work, Dialer dialer, Artifacts artifacts) {
        BrowserSetup setup = new BrowserSetup(browserOrSkip(), BrowserExecutor.besideTheJar(), work);
        return new BrowserExecutor(setup, dialer, artifacts, 1);
    }

    /** On an executor that has one browser at a time. */
    static AgentRun start(BrowserExecutor executor, PlanAction... actions) {
        return start(executor, payload(steps(actions)), new ConcurrentHashMap<>());
    }

    static AgentRun start(Path work, Dialer dialer, PlanAction... actions) {
        return start(work, dialer, steps(actions));
    }

    static AgentRun start(Path work, Dialer dialer, List<Plan.Step> steps) {
        Map<String, byte[]> files = new ConcurrentHashMap<>();
        return start(executor(work, dialer, new Kept(files)), payload(steps), files);
    }

    static AgentRun start(BrowserExecutor executor, String payload, Map<String, byte[]> files) {
        AgentRun run = new AgentRun(payload, files);
        Runner runner = new Runner(new Executors(List.of(executor), executor));
        Thread.startVirtualThread(() -> {
            run.ended.complete(runner.run(run.execution));
            runner.close();
        });
        return run;
    }

    static List<Plan.Step> steps(PlanAction... actions) {
        return new ArrayList<>(IntStream.range(0, actions.length)
                .mapToObj(index -> step(index + 1, actions[index], null))
                .toList());
    }

    static Plan.Step step(int number, PlanAction action, @Nullable Long timeoutMs, Plan.Validation... validations) {
        Plan.Tool tool = new Plan.Tool(action, Plan.Tool.DOM_READY, timeoutMs);
        return new Plan.Step("step-" + number, "title", "", tool, List.of(validations), false, Map.of());
    }

    static String payload(List<Plan.Step> steps) {
        Plan.Meta meta = new Plan.Meta(List.of(), List.of(), List.of());
        Plan plan = new Plan("tsk_0", "title", "", "2026-01-01T00:00:00.000Z", meta, steps);
        try {
            return JSON.writeValueAsString(
                    new AgentTask("prompt", new AgentTask.Planner("rule-based", null, 0), plan, true, false, null));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    Ended ended() {
        return ended.orTimeout(60, TimeUnit.SECONDS).join();
    }

    Execution execution() {
        return execution;
    }

    Map<String, byte[]> files() {
        return files;
    }

    <T extends AgentUpdate> List<T> updates(Class<T> kind) {
        return updates.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    List<String> logs() {
        return updates(AgentUpdate.Log.class).stream()
                .map(log -> log.level() + " " + log.message())
                .toList();
    }

    /** The code of the failure that clients see, which must also be the end of the task. */
    String failure() {
        Ended end = ended();
        List<AgentUpdate.Failure> failures = updates(AgentUpdate.Failure.class);
        assertThat(failures).as("%s", end).hasSize(1);
        assertThat(end).isEqualTo(Ended.hopeless(failures.getFirst().message()));
        return failures.getFirst().error_code();
    }

    String hint() {
        return String.valueOf(updates(AgentUpdate.Failure.class).getFirst().hint());
    }
}
