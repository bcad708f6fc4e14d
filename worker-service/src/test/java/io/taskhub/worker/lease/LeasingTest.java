package io.taskhub.worker.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskhub.contracts.Lease;
import io.taskhub.contracts.Report;
import io.taskhub.contracts.Report.Outcome;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LeasingTest {
    private static final String LONG_SLEEP = "{\"ms\":600000}";

    private LeaseServer server;
    private TestWorker worker;

    LeasingTest() throws IOException {
        server = new LeaseServer();
        worker = new TestWorker(256, server.url());
    }

    @BeforeEach
    void patience() {
        await().atMost(Duration.ofSeconds(20));
    }

    @AfterEach
    void stop() {
        worker.close();
        server.close();
    }

    private void restart(int concurrency) {
        worker.close();
        worker = new TestWorker(concurrency, server.url());
    }

    private static Lease.Claim claim(Lease lease) {
        return new Lease.Claim(lease.task(), lease.claim());
    }

    @Test
    void thousands_of_tasks_are_each_reported_once_and_in_batches() {
        List<Lease> leases = IntStream.range(0, 20_000)
                .mapToObj(i -> server.put("noop", "{}"))
                .toList();
        worker.start();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(worker.capacity.held()).isZero());
        await().untilAsserted(() -> assertThat(server.results()).hasSize(leases.size()));
        assertThat(server.results().stream().map(Report.Result::task).distinct())
                .hasSize(leases.size());
        assertThat(server.results()).allMatch(result -> result.outcome() == Outcome.SUCCEEDED);
        assertThat(server.reports).hasSizeLessThan(leases.size() / 10);
        assertThat(server.claims).hasSizeLessThan(leases.size() / 10);
    }

    @Test
    void a_claim_names_types_labels_and_no_more_than_there_is_room_for() {
        restart(4);
        IntStream.range(0, 6).forEach(i -> server.put("sleep", LONG_SLEEP));
        worker.start();
        await().untilAsserted(() -> assertThat(worker.capacity.running()).isEqualTo(4));
        assertThat(server.claims.stream().filter(request -> request.max() > 0))
                .isNotEmpty()
                .allMatch(request -> request.max() <= 4)
                .allMatch(request -> request.types().equals(List.of("brought", "demo", "noop", "sleep")))
                .allMatch(request -> request.labels().equals(List.of("gpu")));
    }

    @Test
    void a_lost_answer_is_asked_for_again_under_its_id_and_nothing_runs_twice() {
        server.answersToLose.set(2);
        server.put("noop", "{}");
        server.put("noop", "{}");
        worker.start();
        await().untilAsserted(() -> assertThat(server.results()).hasSize(2));
        List<Lease.ClaimRequest> repeated =
                server.claims.stream().filter(Lease.ClaimRequest::repeated).toList();
        assertThat(repeated).isNotEmpty();
        assertThat(server.claims)
                .anyMatch(request -> !request.repeated()
                        && request.request().equals(repeated.getFirst().request()));
        assertThat(server.heartbeats.size() + worker.capacity.held()).isZero();
    }

    @Test
    void a_result_is_repeated_until_it_is_answered() {
        server.reportsToFail.set(3);
        server.put("noop", "{}");
        worker.start();
        await().untilAsserted(() -> assertThat(server.results()).hasSize(1));
        await().untilAsserted(() -> assertThat(worker.capacity.held()).isZero());
    }

    @Test
    void a_report_that_cannot_be_accepted_does_not_hold_up_the_others() {
        List<Lease> leases =
                IntStream.range(0, 50).mapToObj(i -> server.put("noop", "{}")).toList();
        server.poison.add(leases.get(17).task());
        worker.start();
        await().untilAsserted(() -> assertThat(server.results()).hasSize(49));
        await().untilAsserted(() -> assertThat(worker.capacity.held()).isZero());
        assertThat(worker.reports.refused()).isEqualTo(1);
    }

    @Test
    void a_full_worker_still_hears_a_cancel_within_half_a_second() {
        restart(1);
        Lease lease = server.put("sleep", LONG_SLEEP);
        worker.start();
        await().untilAsserted(() -> assertThat(worker.capacity.running()).isEqualTo(1));
        long asked = System.nanoTime();
        server.cancels.add(claim(lease));
        await().pollInterval(Duration.ofMillis(10)).untilAsserted(() -> assertThat(server.results())
                .singleElement()
                .satisfies(result -> assertThat(result.outcome()).isEqualTo(Outcome.CANCELLED)));
        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofMillis(500));
    }

    @Test
    void a_cancel_that_overtakes_its_lease_is_not_forgotten() {
        Lease lease = server.put("sleep", LONG_SLEEP);
        assertThat(worker.runs.cancel(List.of(claim(lease)))).isFalse();
        worker.start();
        await().untilAsserted(() -> assertThat(server.results())
                .singleElement()
                .satisfies(result -> assertThat(result.outcome()).isEqualTo(Outcome.CANCELLED)));
    }

    @Test
    void progress_arrives_in_order_and_before_the_result() {
        server.put("demo", "{\"message\":\"m\",\"count\":2}");
        worker.start();
        await().untilAsserted(() -> assertThat(server.results()).hasSize(1));
        assertThat(server.reported())
                .extracting(report -> report instanceof Report.Progress progress ? progress.n() : 0)
                .containsExactly(1, 2, 0);
    }

    @Test
    void a_heartbeat_lists_what_runs_and_what_is_lost_ends_without_a_word() throws InterruptedException {
        Lease kept = server.put("sleep", LONG_SLEEP);
        Lease gone = server.put("sleep", LONG_SLEEP);
        worker.start();
        await().untilAsserted(() -> assertThat(worker.capacity.running()).isEqualTo(2));
        server.lost.add(claim(gone));
        assertThat(worker.heartbeats.runOnce()).isTrue();
        assertThat(server.heartbeats.getLast().running()).containsExactlyInAnyOrder(claim(kept), claim(gone));
        await().untilAsserted(() -> assertThat(worker.runs.claims()).containsExactly(claim(kept)));
        assertThat(server.results()).isEmpty();
    }

    @Test
    void what_nobody_confirmed_for_12_seconds_is_ended_and_offered_back() {
        server.put("sleep", LONG_SLEEP);
        worker.start();
        await().untilAsserted(() -> assertThat(worker.capacity.running()).isEqualTo(1));
        assertThat(worker.heartbeats.fence(System.nanoTime() + TimeUnit.SECONDS.toNanos(11)))
                .isZero();
        assertThat(worker.heartbeats.fence(System.nanoTime() + TimeUnit.SECONDS.toNanos(13)))
                .isEqualTo(1);
        await().untilAsserted(() -> assertThat(server.results())
                .singleElement()
                .satisfies(result -> assertThat(result.outcome()).isEqualTo(Outcome.HANDED_BACK)));
    }

    @Test
    void a_drain_hands_back_what_does_not_end_and_says_good_bye() {
        server.put("sleep", LONG_SLEEP);
        server.put("sleep", "{\"ms\":20}");
        worker.start();
        await().untilAsserted(() -> assertThat(worker.capacity.held()).isPositive());
        await().untilAsserted(() -> assertThat(server.claims.stream().filter(request -> request.max() > 0))
                .isNotEmpty());
        worker.drain.run();
        assertThat(worker.capacity.held()).isZero();
        assertThat(server.left).hasValue(1);
        int asked = server.claims.size();
        server.put("noop", "{}");
        assertThat(worker.drain.run()).isEqualTo(1);
        assertThat(server.claims).hasSize(asked);
        assertThat(server.results())
                .extracting(Report.Result::outcome)
                .containsExactlyInAnyOrder(Outcome.SUCCEEDED, Outcome.HANDED_BACK);
    }

    @Test
    void a_replica_that_refuses_the_connection_is_passed_over() {
        worker.close();
        worker = new TestWorker(4, URI.create("http://127.0.0.1:1"), server.url(), URI.create("http://127.0.0.1:1"));
        server.put("noop", "{}");
        worker.start();
        await().untilAsserted(() -> assertThat(server.results()).hasSize(1));
        assertThat(server.claims).noneMatch(Lease.ClaimRequest::repeated);
    }
}
