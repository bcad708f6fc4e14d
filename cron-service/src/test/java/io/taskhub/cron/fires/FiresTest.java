package io.taskhub.cron.fires;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.taskhub.contracts.TaskConfig;
import io.taskhub.contracts.TaskId;
import io.taskhub.contracts.identity.ServiceToken;
import io.taskhub.cron.CronConfig;
import io.taskhub.cron.CronDatabase;
import io.taskhub.cron.CronServiceTest;
import io.taskhub.cron.Fire;
import io.taskhub.cron.Job;
import io.taskhub.cron.MisfirePolicy;
import io.taskhub.cron.OverlapPolicy;
import io.taskhub.cron.Schedule;
import io.taskhub.cron.Target;
import io.taskhub.cron.engine.Due;
import io.taskhub.cron.engine.Engine;
import io.taskhub.cron.engine.Outcome;
import io.taskhub.cron.jobs.JobTable;
import io.taskhub.cron.jobs.JobTexts;
import io.taskhub.cron.jobs.Jobs;
import io.taskhub.cron.sql.Database;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@CronServiceTest
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FiresTest {
    private static final long MINUTE_MS = 60_000;
    private static final long LEASE_MS = 5_000;
    private static final String NOBODY = "http://127.0.0.1:1";
    private static final Target NOOP =
            new Target.SingleTask(TaskConfig.from(Map.of("id", "task", "name", "n", "exec_command", "noop")));

    @Inject
    CronDatabase tables;

    @Inject
    Jobs jobs;

    @Inject
    CronFirer firer;

    @Inject
    FireLedger ledger;

    @Inject
    HandFires hand;

    @Inject
    HistorySweeper sweeper;

    @Inject
    OverlapGate gate;

    @Inject
    Database database;

    @Inject
    JobTexts texts;

    @Inject
    DueRows rows;

    @Inject
    CronConfig config;

    @Inject
    ServiceToken token;

    @Inject
    CronMetrics metrics;

    @Inject
    JobTable table;

    @Inject
    Event<Jobs.Rescheduled> rescheduled;

    @Inject
    ObjectMapper json;

    private long minute;
    private Engine away;
    private FireDelivery delivery;

    @BeforeEach
    void nothing_there() {
        away = new Engine(Settings.of(Map.of("task-service-urls", NOBODY, "dag-service-urls", NOBODY)), token, json);
        delivery = new FireDelivery(ledger, new OverlapGate(database, away, rows, config), away, metrics);
        tables.clear();
        minute = tables.moveBeforeAMinute();
    }

    private Job job(String spec, MisfirePolicy misfire, OverlapPolicy overlap) {
        return jobs.create(new Job.Draft("job", Schedule.of(spec, "UTC"), null, NOOP, misfire, overlap), "tester");
    }

    private Job everyMinute(OverlapPolicy overlap) {
        return job("* * * * *", MisfirePolicy.ONCE, overlap);
    }

    private static Outcome outcome(Due due, @Nullable String id) {
        return new Outcome(due, id, id == null ? "no" : "", id == null);
    }

    private String fire(long afterMinutes, String rest) {
        return (minute + afterMinutes * MINUTE_MS) + " " + rest;
    }

    @Test
    void a_job_fires_at_its_minute_and_not_before() {
        Job job = everyMinute(OverlapPolicy.ALLOW);
        assertThat(job.nextFireMs()).isEqualTo(minute);
        assertThat(firer.runOnce().fires()).isEmpty();
        assertThat(firer.nextInMs().orElseThrow()).isBetween(1L, 30_000L);
        tables.moveTo(minute);
        assertThat(firer.runOnce().fires())
                .singleElement()
                .satisfies(due -> assertThat(due.scheduledMs()).isEqualTo(minute))
                .satisfies(due -> assertThat(due.createdBy()).isEqualTo("tester"));
        assertThat(firer.runOnce().fires()).isEmpty();
        assertThat(jobs.find(job.id()).orElseThrow().nextFireMs()).isEqualTo(minute + MINUTE_MS);
    }

    @Test
    void two_replicas_claim_a_thousand_jobs_of_one_minute_once_each() throws Exception {
        String template =
                job("* * * * *", MisfirePolicy.ONCE, OverlapPolicy.ALLOW).id();
        tables.update("""
                INSERT INTO job SELECT id || n, name, spec, timezone, enabled, pause_reason, target_type, target, misfire, overlap,
                    next_fire_ms, created_by, created_ms, updated_ms FROM job, generate_series(1, 1499) AS n WHERE id = ?""", template);
        CronFirer other = new CronFirer(database, texts, rows, config);
        for (int turn = 0; turn < 3; turn++) {
            tables.moveTo(minute + turn * MINUTE_MS);
            List<Due> claimed = new ArrayList<>();
            try (ExecutorService replicas = Executors.newVirtualThreadPerTaskExecutor()) {
                Callable<List<Due>> first = () -> claimAll(firer);
                Callable<List<Due>> second = () -> claimAll(other);
                for (Future<List<Due>> done : replicas.invokeAll(List.of(first, second, first, second))) {
                    claimed.addAll(done.get());
                }
            }
            claimed.addAll(claimAll(firer));
            assertThat(claimed).hasSize(1_500);
            assertThat(claimed).extracting(Due::jobId).doesNotHaveDuplicates();
        }
        assertThat(tables.rows("SELECT 1 FROM fire GROUP BY job_id, scheduled_ms HAVING count(*) <> 1", row -> 1))
                .isEmpty();
        assertThat(tables.count("claimed")).isEqualTo(4_500);
    }

    private static List<Due> claimAll(CronFirer replica) {
        List<Due> all = new ArrayList<>();
        CronFirer.Claimed claimed;
        do {
            claimed = replica.runOnce();
            all.addAll(claimed.fires());
        } while (claimed.more());
        return all;
    }

    @Test
    void a_claimed_fire_whose_claimer_died_is_taken_over_when_its_lease_has_run_out() {
        Job job = everyMinute(OverlapPolicy.ALLOW);
        tables.moveTo(minute);
        Due lost = firer.runOnce().fires().getFirst();
        assertThat(ledger.takeOverdue()).isEmpty();
        tables.forward(LEASE_MS);
        List<Due> taken = ledger.takeOverdue();
        assertThat(taken).singleElement().satisfies(due -> {
            assertThat(due.fire()).isEqualTo(lost.fire());
            assertThat(due.attempts()).isEqualTo(1);
        });
        assertThat(ledger.takeOverdue()).isEmpty();
        assertThat(ledger.created(List.of(outcome(taken.getFirst(), "t1"))))
                .singleElement()
                .satisfies(late -> assertThat(late).isBetween(LEASE_MS, 2 * LEASE_MS));
        assertThat(ledger.created(List.of(outcome(lost, "t1")))).isEmpty();
        ledger.failed(List.of(outcome(lost, null)));
        assertThat(tables.fires(job.id())).containsExactly(fire(0, "schedule created"));
    }

    @Test
    void while_the_engine_is_away_fires_wait_and_none_is_lost() {
        Job job = everyMinute(OverlapPolicy.ALLOW);
        tables.moveTo(minute);
        delivery.deliver(firer.runOnce().fires());
        assertThat(tables.states(job.id())).containsExactly("claimed");
        assertThat(ledger.takeOverdue()).isEmpty();
        tables.forward(1_000);
        delivery.runOnce();
        assertThat(tables.rows("SELECT reason || attempts FROM fire", row -> row.getString(1)))
                .containsExactly("task-service is not reachable1");
        tables.forward(2_000);
        assertThat(ledger.takeOverdue()).hasSize(1);
    }

    @Test
    void where_nobody_can_say_whether_the_previous_fire_runs_the_next_one_waits() {
        Job job = everyMinute(OverlapPolicy.SKIP);
        tables.moveTo(minute);
        start(firer.runOnce().fires());
        tables.moveTo(minute + MINUTE_MS);
        delivery.deliver(firer.runOnce().fires());
        assertThat(tables.states(job.id())).containsExactly("created", "claimed");
    }

    private void start(List<Due> dues) {
        ledger.created(
                dues.stream().map(due -> outcome(due, TaskId.next().toString())).toList());
    }

    @Test
    void a_queue_lets_one_after_the_other_pass_and_is_bounded() throws Exception {
        Job job = everyMinute(OverlapPolicy.QUEUE);
        for (int turn = 0; turn < 5; turn++) {
            tables.moveTo(minute + turn * MINUTE_MS);
            List<Due> claimed = firer.runOnce().fires();
            assertThat(gate.pass(Set.of(job.id()), claimed)).hasSize(turn == 0 ? 1 : 0);
        }
        assertThat(tables.states(job.id())).containsExactly("admitted", "queued", "queued", "queued", "skipped");
        assertThat(gate.pass(Set.of(job.id()), List.of())).isEmpty();
        tables.update("UPDATE fire SET state = 'failed', deliver_ms = NULL WHERE state = 'admitted'");
        assertThat(gate.pass(Set.of(job.id()), List.of()))
                .extracting(Due::scheduledMs)
                .containsExactly(minute + MINUTE_MS);
        assertThat(tables.states(job.id())).containsExactly("failed", "admitted", "queued", "queued", "skipped");
        assertThat(gate.queued()).containsEntry(job.id(), 2L);
        assertThat(jobs.pause(job.id(), "enough")).isPresent();
        assertThat(tables.states(job.id())).containsExactly("failed", "admitted", "skipped", "skipped", "skipped");
    }

    @Test
    void two_replicas_that_hold_fires_of_one_job_admit_one() throws Exception {
        Job job = everyMinute(OverlapPolicy.SKIP);
        tables.moveTo(minute);
        List<Due> first = firer.runOnce().fires();
        tables.moveTo(minute + MINUTE_MS);
        List<Due> second = firer.runOnce().fires();
        List<Due> admitted = new ArrayList<>();
        try (ExecutorService replicas = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<List<Due>> one = () -> gate.pass(Set.of(job.id()), first);
            Callable<List<Due>> two = () -> gate.pass(Set.of(job.id()), second);
            for (Future<List<Due>> done : replicas.invokeAll(List.of(one, two))) {
                admitted.addAll(done.get());
            }
        }
        assertThat(admitted).hasSize(1);
        assertThat(tables.states(job.id())).containsExactlyInAnyOrder("admitted", "skipped");
    }

    @Test
    void what_is_missed_while_paused_is_not_made_up_for_and_what_is_missed_while_nobody_ran_is() {
        Job job = job("* * * * *", MisfirePolicy.ALL, OverlapPolicy.ALLOW);
        jobs.pause(job.id(), "maintenance");
        tables.moveTo(minute + 3 * MINUTE_MS);
        assertThat(firer.runOnce().fires()).isEmpty();
        assertThat(jobs.resume(job.id()).orElseThrow().nextFireMs()).isEqualTo(minute + 4 * MINUTE_MS);
        tables.moveTo(minute + 6 * MINUTE_MS + 30_000);
        assertThat(firer.runOnce().fires())
                .extracting(Due::scheduledMs)
                .containsExactly(minute + 4 * MINUTE_MS, minute + 5 * MINUTE_MS, minute + 6 * MINUTE_MS);
    }

    @Test
    void a_deleted_job_s_pending_fires_are_dropped() {
        Job job = everyMinute(OverlapPolicy.ALLOW);
        tables.moveTo(minute);
        List<Due> claimed = firer.runOnce().fires();
        assertThat(jobs.delete(job.id())).isTrue();
        tables.forward(LEASE_MS);
        assertThat(ledger.takeOverdue()).isEmpty();
        assertThat(ledger.created(List.of(outcome(claimed.getFirst(), "t")))).isEmpty();
    }

    @Test
    void a_job_with_another_schedule_does_not_fire_by_the_old_one() {
        Job job = everyMinute(OverlapPolicy.ALLOW);
        tables.moveTo(minute);
        Job.Draft same = new Job.Draft("renamed", job.schedule(), null, NOOP, MisfirePolicy.ONCE, OverlapPolicy.ALLOW);
        assertThat(jobs.replace(job.id(), same, "other").orElseThrow().nextFireMs())
                .isEqualTo(minute);
        Job.Draft moved = new Job.Draft(
                "moved", Schedule.of("0 0 1 1 *", "UTC"), null, NOOP, MisfirePolicy.ONCE, OverlapPolicy.ALLOW);
        jobs.replace(job.id(), moved, "other");
        assertThat(firer.runOnce().fires()).isEmpty();
    }

    @Test
    void a_backfill_fires_what_had_not_fired_and_each_time_once() {
        Job job = job("* * * * *", MisfirePolicy.SKIP, OverlapPolicy.ALLOW);
        tables.moveTo(minute);
        start(firer.runOnce().fires());
        tables.moveTo(minute + 2 * MINUTE_MS + 30_000);
        assertThat(firer.runOnce().fires()).isEmpty();
        List<Long> range = job.schedule().after(minute - 1, minute + 2 * MINUTE_MS, 10);
        assertThat(hand.backfill(job, range)).containsExactly(minute + MINUTE_MS, minute + 2 * MINUTE_MS);
        assertThat(hand.backfill(job, range)).isEmpty();
        assertThat(tables.fires(job.id()))
                .containsExactly(
                        fire(0, "schedule created"),
                        fire(2, "schedule skipped"),
                        fire(1, "backfill created"),
                        fire(2, "backfill created"));
    }

    @Test
    void where_fires_must_not_overlap_a_backfill_waits_in_the_queue() {
        Job job = everyMinute(OverlapPolicy.SKIP);
        assertThat(hand.backfill(job, List.of(minute - 3 * MINUTE_MS, minute - 2 * MINUTE_MS)))
                .hasSize(2);
        assertThat(tables.states(job.id())).containsExactly("queued", "queued");
    }

    @Test
    void a_fire_by_hand_is_made_at_once_and_of_a_paused_job_too() {
        Job job = everyMinute(OverlapPolicy.SKIP);
        jobs.pause(job.id(), "");
        Fire fire = hand.now(job.id()).orElseThrow();
        assertThat(fire.source()).isEqualTo(Fire.Source.MANUAL);
        assertThat(fire.state()).isEqualTo(Fire.State.CREATED);
        assertThat(hand.now("job_0")).isEmpty();
    }

    @Test
    void old_fires_that_are_over_are_forgotten() {
        Job job = everyMinute(OverlapPolicy.ALLOW);
        tables.moveTo(minute);
        start(firer.runOnce().fires());
        tables.moveTo(minute + MINUTE_MS);
        assertThat(firer.runOnce().fires()).hasSize(1);
        assertThat(sweeper.runOnce()).isZero();
        tables.forward(31L * 24 * 60 * MINUTE_MS);
        assertThat(sweeper.runOnce()).isEqualTo(1);
        assertThat(tables.states(job.id())).containsExactly("claimed");
    }

    @Test
    void a_dag_that_nobody_can_check_now_is_not_taken() {
        Target dag = new Target.Dag(Map.of("tasks", List.of(Map.of("id", "a"))));
        Job.Draft draft = new Job.Draft(
                "dag", Schedule.of("* * * * *", "UTC"), null, dag, MisfirePolicy.ONCE, OverlapPolicy.ALLOW);
        assertThatThrownBy(() -> new Jobs(table, away, rescheduled).create(draft, "tester"))
                .isInstanceOf(Jobs.UncheckedTargetException.class)
                .hasMessage("dag-service is not reachable");
        assertThat(jobs.all()).isEmpty();
    }

    @Test
    void an_id_that_another_replica_has_taken_is_passed_over() {
        String taken = everyMinute(OverlapPolicy.ALLOW).id();
        tables.update("""
                INSERT INTO job SELECT 'job_' || n, name, spec, timezone, enabled, pause_reason, target_type, target, misfire, overlap,
                    next_fire_ms, created_by, created_ms, updated_ms
                FROM job, generate_series(clock(), clock() + 15) AS n WHERE id = ?""", taken);
        assertThat(everyMinute(OverlapPolicy.ALLOW).id()).startsWith("job_");
    }

    @Test
    void a_job_that_may_not_overlap_any_more_is_still_known_to_run() throws Exception {
        Job job = everyMinute(OverlapPolicy.ALLOW);
        tables.moveTo(minute);
        gate.pass(Set.of(job.id()), firer.runOnce().fires());
        Job.Draft draft = new Job.Draft("job", job.schedule(), null, NOOP, MisfirePolicy.ONCE, OverlapPolicy.SKIP);
        jobs.replace(job.id(), draft, "tester");
        tables.moveTo(minute + MINUTE_MS);
        assertThat(gate.pass(Set.of(job.id()), firer.runOnce().fires())).isEmpty();
        assertThat(tables.states(job.id())).containsExactly("admitted", "skipped");
    }

    @Test
    void the_next_due_job_is_found_by_index() {
        String plan = String.join(
                "\n",
                tables.rows(
                        "EXPLAIN SELECT id FROM job WHERE next_fire_ms <= (SELECT clock()) ORDER BY next_fire_ms LIMIT 10",
                        row -> row.getString(1)));
        assertThat(plan)
                .contains("job_due")
                .contains("Index Cond: (next_fire_ms <=")
                .doesNotContain("Sort");
    }
}
