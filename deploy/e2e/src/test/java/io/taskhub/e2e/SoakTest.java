package io.taskhub.e2e;

import io.taskhub.e2e.client.FollowedStream;
import io.taskhub.e2e.client.NewTask;
import io.taskhub.e2e.client.V1Tasks;
import io.taskhub.e2e.client.Waiting;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** Minutes of work during which something dies every few seconds. */
@EndToEnd
@Isolated
@Tag("soak")
@Order(Faults.LAST)
class SoakTest {
    private static final List<String> MORTALS = List.of(
            "task-service",
            "task-service-2",
            "worker-service",
            "worker-service-2",
            "realtime-service",
            "realtime-service-2",
            "api-gateway");
    private static final int ROUNDS = 14;
    private final Hub hub;
    private final V1Tasks v1;
    private final String queue = Names.unique("soak");

    SoakTest(Hub hub) {
        this.hub = hub;
        this.v1 = hub.v1();
    }

    @Test
    @Timeout(1_200)
    void whoever_dies_every_task_ends_once_and_every_stream_is_whole() {
        Random random = new Random(20_261_120);
        List<String> ids = new ArrayList<>();
        List<String> followed = new ArrayList<>();
        List<FollowedStream> streams = new ArrayList<>();
        try {
            for (int round = 0; round < ROUNDS; round++) {
                ids.addAll(createWhileItShakes(500));
                String demo = createWhileItShakes(NewTask.demo(20).queue(queue));
                followed.add(demo);
                streams.add(FollowedStream.of(v1, demo));
                hub.suite().kill(MORTALS.get(random.nextInt(MORTALS.size())));
                hub.suite().awaitReady();
            }
            try (Journal journal = Journal.of(hub)) {
                journal.awaitEnds(ids, Duration.ofMinutes(5));
                journal.awaitEnds(followed, Duration.ofMinutes(5));
                journal.read();
                Faults.assertEachCompletedOnce(journal, ids);
                Faults.assertEachCompletedOnce(journal, followed);
                Faults.assertHistoriesWhole(journal, ids);
            }
            for (int i = 0; i < streams.size(); i++) {
                Faults.assertCaughtUp(streams.get(i), v1, followed.get(i));
            }
        } finally {
            streams.forEach(FollowedStream::close);
        }
    }

    private List<String> createWhileItShakes(int count) {
        List<NewTask> tasks = IntStream.range(0, count)
                .mapToObj(n -> NewTask.sleep(n % 200).queue(queue))
                .toList();
        List<String> ids = new ArrayList<>();
        Waiting.await(Duration.ofSeconds(60))
                .ignoreException(UncheckedIOException.class)
                .ignoreException(AssertionError.class)
                .until(() -> ids.addAll(v1.createAll(tasks)));
        return ids;
    }

    private String createWhileItShakes(NewTask task) {
        List<String> id = new ArrayList<>();
        Waiting.await(Duration.ofSeconds(60))
                .ignoreException(UncheckedIOException.class)
                .ignoreException(AssertionError.class)
                .until(() -> id.add(v1.create(task)));
        return id.getFirst();
    }
}
