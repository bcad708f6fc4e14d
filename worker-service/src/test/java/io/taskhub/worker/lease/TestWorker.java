package io.taskhub.worker.lease;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.taskhub.worker.executor.DemoExecutor;
import io.taskhub.worker.executor.Executors;
import io.taskhub.worker.executor.NoopExecutor;
import io.taskhub.worker.executor.Runner;
import io.taskhub.worker.executor.SleepExecutor;
import io.taskhub.worker.logs.LogPublisher;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The lease room, wired as the service wires it, with executors that need nothing. */
final class TestWorker implements AutoCloseable {
    final Session session = new Session("worker-under-test");
    final LeaseClient client;
    final Reports reports;
    final LeasedRuns runs;
    final Heartbeats heartbeats;
    final Poller poller;
    final Capacity capacity;
    final Drain drain;
    private final Runner runner;

    TestWorker(int concurrency, URI... urls) {
        ObjectMapper json = new ObjectMapper();
        client = new LeaseClient(List.of(urls), () -> "token", session, json);
        reports = new Reports(client, session);
        NoopExecutor noop = new NoopExecutor();
        Executors executors = new Executors(List.of(noop, new SleepExecutor(), new DemoExecutor()), noop);
        runner = new Runner(executors);
        capacity = new Capacity(concurrency);
        OwnPlaces places = new OwnPlaces(executors);
        runs = new LeasedRuns(session, capacity, places, runner, new LogPublisher("127.0.0.1:1", json), reports);
        heartbeats = new Heartbeats((LeaseApi) client, session, runs);
        poller = new Poller(
                client,
                session,
                capacity,
                runs,
                heartbeats,
                new RunnableTypes(executors.types(), () -> Set.of("brought"), places::isFull),
                List.of(),
                List.of("gpu"));
        drain = new Drain(client, session, poller, heartbeats, runs, capacity, Duration.ofMillis(200));
    }

    TestWorker start() {
        reports.start();
        poller.start();
        return this;
    }

    @Override
    public void close() {
        poller.stop();
        heartbeats.stop();
        runs.handBack(run -> true);
        reports.close();
        client.close();
        runner.close();
    }
}
