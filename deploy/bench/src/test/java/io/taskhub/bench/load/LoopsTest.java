package io.taskhub.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class LoopsTest {
    private static final Reply CREATED = new Reply(201, Buffer.buffer());
    private static final Reply BUSY = new Reply(429, Buffer.buffer());

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void a_closed_loop_sends_as_many_as_it_may_and_never_more_than_its_lanes_at_once() throws InterruptedException {
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Outcome outcome = ClosedLoop.run(
                vertx,
                4,
                new ClosedLoop.Limit(100, Duration.ofSeconds(30)),
                () -> {
                    most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                    Promise<Reply> answer = Promise.promise();
                    vertx.runOnContext(_ -> {
                        underWay.decrementAndGet();
                        answer.complete(CREATED);
                    });
                    return answer.future();
                },
                Reply::complaint);
        assertThat(outcome.accepted()).isEqualTo(100);
        assertThat(outcome.failures()).isEmpty();
        assertThat(outcome.latencies().count()).isEqualTo(100);
        assertThat(outcome.rate()).isPositive();
        assertThat(most).hasValue(4);
    }

    @Test
    void a_closed_loop_counts_what_was_refused_or_broke_apart() throws InterruptedException {
        AtomicInteger n = new AtomicInteger();
        Outcome outcome = ClosedLoop.run(
                vertx,
                2,
                new ClosedLoop.Limit(9, Duration.ofSeconds(30)),
                () -> switch (n.incrementAndGet() % 3) {
                    case 0 -> Future.succeededFuture(BUSY);
                    case 1 -> Future.failedFuture(new ConnectException());
                    default -> Future.succeededFuture(CREATED);
                },
                Reply::complaint);
        assertThat(outcome.accepted()).isEqualTo(3);
        assertThat(outcome.failures()).containsEntry("HTTP 429", 3L).containsEntry("ConnectException", 3L);
        assertThat(outcome.latencies().count()).isEqualTo(3);
    }

    @Test
    void a_closed_loop_ends_with_its_window() {
        ClosedLoop.Limit limit = new ClosedLoop.Limit(1_000, Duration.ofSeconds(5));
        assertThat(limit.reached(999, Duration.ofSeconds(4).toNanos())).isFalse();
        assertThat(limit.reached(1_000, 0)).isTrue();
        assertThat(limit.reached(0, Duration.ofSeconds(5).toNanos())).isTrue();
    }

    @Test
    void an_open_loop_sends_all_on_time_though_none_is_answered() throws InterruptedException {
        Schedule schedule = new Schedule(1_000, 50);
        List<Promise<Reply>> waiting = new ArrayList<>();
        List<Integer> answered = new ArrayList<>();
        OpenLoop loop = new OpenLoop(
                schedule,
                _ -> {
                    Promise<Reply> answer = Promise.promise();
                    waiting.add(answer);
                    if (waiting.size() == schedule.count()) {
                        waiting.forEach(one -> one.complete(CREATED));
                    }
                    return answer.future();
                },
                (_, n) -> answered.add(n));
        Outcome outcome = loop.run(vertx);
        assertThat(outcome.accepted()).isEqualTo(50);
        assertThat(answered).hasSize(50).startsWith(0).endsWith(49);
        // The first was due 49 ms before the last: the stall is in its latency.
        assertThat(outcome.latencies().millis(100)).isGreaterThanOrEqualTo(48.9);
        assertThat(Duration.between(loop.due(0), loop.due(49))).isEqualTo(Duration.ofMillis(49));
    }
}
