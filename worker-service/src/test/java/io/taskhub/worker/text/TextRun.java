package io.taskhub.worker.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.taskhub.contracts.TaskId;
import io.taskhub.worker.executor.Ended;
import io.taskhub.worker.executor.Execution;
import io.taskhub.worker.executor.Executor;
import io.taskhub.worker.executor.Executors;
import io.taskhub.worker.executor.Runner;
import io.taskhub.worker.executor.Voice;
import io.taskhub.worker.executor.Work;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One run of an executor as the worker does it; it keeps the data of its progress. */
final class TextRun implements Voice {
    private static final ObjectMapper JSON = new ObjectMapper();

    final List<JsonNode> steps = new CopyOnWriteArrayList<>();
    private final Execution execution;
    private final CompletableFuture<Ended> ended = new CompletableFuture<>();

    private TextRun(TaskId task, String type, String payload) {
        execution = new Execution(new Work(task.toString(), "1", type, "default", payload, 0, 1, 1, null), this);
    }

    static TextRun start(Executor executor, String payload) {
        return start(executor, payload, TaskId.next());
    }

    static TextRun start(Executor executor, String payload, TaskId task) {
        TextRun run = new TextRun(task, executor.types().iterator().next(), payload);
        Runner runner = new Runner(new Executors(List.of(executor), executor));
        Thread.startVirtualThread(() -> {
            run.ended.complete(runner.run(run.execution));
            runner.close();
        });
        return run;
    }

    void stop(Execution.Stop reason) {
        execution.stop(reason);
    }

    Ended ended() {
        return ended.orTimeout(30, TimeUnit.SECONDS).join();
    }

    JsonNode result() {
        return json(String.valueOf(ended().data()));
    }

    List<String> told(String stage, String... fields) {
        return steps.stream()
                .filter(step -> step.path("stage").asText().equals(stage))
                .map(step -> String.join(
                        " ",
                        java.util.Arrays.stream(fields)
                                .map(field -> step.path(field).asText())
                                .toList()))
                .toList();
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void line(int level, int stream, String message, @Nullable Map<String, String> fields) {}

    @Override
    public void progress(int percentage, String stage, String message, @Nullable String data) {
        JsonNode step = json(String.valueOf(data));
        if (!step.path("stage").asText().equals(stage)) {
            throw new AssertionError(stage + " is told as " + step);
        }
        steps.add(step);
    }
}
