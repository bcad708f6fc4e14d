package io.taskhub.worker.text;

import io.taskhub.contracts.TaskOrder;
import io.taskhub.worker.child.ChildPoll;
import io.taskhub.worker.child.ChildTasks;
import io.taskhub.worker.child.Children;
import io.taskhub.worker.child.TaskServer;
import io.taskhub.worker.executor.Ended;
import io.taskhub.worker.executor.Executor;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * The text room wired as the service wires it, between a model that says {@code <text>}, releases, users, and a task-service that runs the
 * children here. Release {@code 404} is missing, {@code 500} broken, {@code wait} waits for {@link #go}.
 */
final class World implements AutoCloseable {
    final CountDownLatch go = new CountDownLatch(1);
    final TestHost model = TestModel.saying(text -> "<" + text + ">");
    final TestHost source = new TestHost(this::source);
    final TaskServer tasks;
    final TranslateRelease release;
    final TranslateReleaseBatch batch;
    final BriefGenerate brief;
    final BriefDailySlot slot;
    private final ChildTasks client;
    private final ChildPoll poll;

    World() {
        this(true, true);
    }

    World(boolean withModel, boolean withSources) {
        Model words = withModel ? TestModel.at(model.url("/v1")) : TestModel.none();
        Optional<URI> releasesUrl = withSources ? Optional.of(source.url("/releases/")) : Optional.empty();
        Optional<URI> usersUrl = withSources ? Optional.of(source.url("/users?all=1")) : Optional.empty();
        Releases releases = new Releases(() -> releasesUrl);
        Clock clock = Clock.fixed(Instant.parse("2026-02-27T05:30:00Z"), ZoneOffset.UTC);
        tasks = new TaskServer(this::run);
        client = tasks.client();
        poll = new ChildPoll(client, 20);
        Children children = new Children(client, poll);
        Translator translator = new ModelTranslator(words);
        release = new TranslateRelease(translator, releases);
        batch = new TranslateReleaseBatch(translator, releases, children);
        brief = new BriefGenerate(new BriefWriter(words), releases, clock);
        slot = new BriefDailySlot(new BriefUsers(() -> usersUrl), children, clock);
    }

    private Ended run(TaskOrder order) {
        Executor executor = order.type().equals("translate.release") ? release : brief;
        return TextRun.start(executor, order.payload(), order.task()).ended();
    }

    private TestHost.Answer source(TestHost.Asked asked) {
        String path = asked.uri().getPath();
        String query = String.valueOf(asked.uri().getQuery());
        if (path.equals("/users")) {
            return users(query);
        }
        if (path.equals("/releases")) {
            return query.contains("user_id=13") ? TestHost.Answer.status(500) : TestHost.Answer.ok(day(query));
        }
        String id = path.substring("/releases/".length());
        return switch (id) {
            case "404", "500" -> TestHost.Answer.status(Integer.parseInt(id));
            case "wait" -> waiting();
            default ->
                TestHost.Answer.ok("{\"id\":1,\"name\":\"News of " + id
                        + "\",\"tag_name\":\"v1\",\"body\":\"Body `x`\",\"published_at\":null}");
        };
    }

    private TestHost.Answer waiting() {
        try {
            go.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return TestHost.Answer.ok("{\"name\":\"v1\",\"tag_name\":\"v1\",\"body\":\"\"}");
    }

    private static TestHost.Answer users(String query) {
        return switch (query.substring(query.indexOf("hour_utc=") + "hour_utc=".length())) {
            case "0" -> TestHost.Answer.ok("""
                        [{"user_id":1,"last_active_at":"2026-02-26T00:00:00Z"},{"user_id":"b"},{"user_id":13},{"user_id":1}]""");
            case "1" -> TestHost.Answer.ok("[{\"user_id\":13}]");
            case "2" -> TestHost.Answer.ok("[]");
            default -> TestHost.Answer.status(502);
        };
    }

    private static String day(String query) {
        return query.contains("user_id=1&")
                ? "[{\"id\":7,\"name\":\"One\",\"tag_name\":\"v7\",\"body\":\"It is new\",\"published_at\":\"2026-02-26\"}]"
                : "[]";
    }

    @Override
    public void close() {
        go.countDown();
        poll.close();
        client.close();
        tasks.close();
        source.close();
        model.close();
    }
}
