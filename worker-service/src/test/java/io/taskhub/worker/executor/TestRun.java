package io.taskhub.worker.executor;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One run of one executor, on a thread of its own, as the worker does it. */
final class TestRun {
    private final Heard heard = new Heard();
    private final Execution execution;
    private final CompletableFuture<Ended> ended = new CompletableFuture<>();

    private TestRun(String type, String payload, long timeoutMs) {
        execution = new Execution(new Work("0199", "42", type, "default", payload, timeoutMs, 3, 1, null), heard);
    }

    static TestRun start(Executor executor, String payload) {
        return start(executor, payload, 0);
    }

    static TestRun start(Executor executor, String payload, long timeoutMs) {
        TestRun run = new TestRun(executor.types().iterator().next(), payload, timeoutMs);
        Runner runner = new Runner(new Executors(List.of(executor), executor));
        Thread.startVirtualThread(() -> {
            run.ended.complete(runner.run(run.execution));
            runner.close();
        });
        return run;
    }

    static TestRun shell(Executor executor, String command) {
        return start(executor, Payload.json(Map.of("command", command)));
    }

    Ended ended() {
        return ended.orTimeout(20, TimeUnit.SECONDS).join();
    }

    Execution execution() {
        return execution;
    }

    Heard heard() {
        return heard;
    }

    String stdout() {
        ended();
        return execution.stdout().text();
    }

    String stderr() {
        ended();
        return execution.stderr().text();
    }
}
