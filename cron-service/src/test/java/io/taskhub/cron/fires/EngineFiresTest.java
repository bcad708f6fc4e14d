package io.taskhub.cron.fires;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.runtime.ShutdownEvent;
import io.taskhub.contracts.TaskConfig;
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
import io.taskhub.cron.jobs.Jobs;
import io.taskhub.local.TestInfrastructure;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Fires that become tasks of the real engine. */
@CronServiceTest
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EngineFiresTest {
    private static final long MINUTE_MS = 60_000;
    private static final long LEASE_MS = 5_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    CronDatabase tables;

    @Inject
    Jobs jobs;

    @Inject
    CronFirer firer;

    @Inject
    FireDelivery delivery;

    @Inject
    QueueRelease release;

    @Inject
    FireHistory history;

    @Inject
    Engine engine;

    private final Path ran = Path.of("target", "ran-" + UUID.randomUUID()).toAbsolutePath();

    private long minute;

    @BeforeEach
    void nothing_there() {
        tables.clear();
        minute = tables.moveBeforeAMinute();
    }

    private Job job(OverlapPolicy overlap, String execType, String command, Map<String, Object> params) {
        Map<String, Object> task = Map.of(
                "id", "task", "name", "n", "exec_type", execType, "exec_command", command, "exec_params", params);
        return jobs.create(
                new Job.Draft(
                        "job",
                        Schedule.of("* * * * *", "UTC"),
                        null,
                        new Target.SingleTask(TaskConfig.from(task)),
                        MisfirePolicy.ONCE,
                        overlap),
                "tester");
    }

    private Job sleeper(OverlapPolicy overlap) {
        return job(overlap, "Local", "sleep", Map.of("ms", 120_000));
    }

    private void fire(int afterMinutes) {
        tables.moveTo(minute + afterMinutes * MINUTE_MS);
        CronFirer.Claimed claimed;
        do {
            claimed = firer.runOnce();
            delivery.deliver(claimed.fires());
        } while (claimed.more());
    }

    private List<Fire> fires(Job job) {
        return history.page(job.id(), Long.MAX_VALUE, 100).reversed();
    }

    private boolean ended(Fire fire) throws Exception {
        String id = String.valueOf(fire.startedId());
        return engine.ended(Fire.Kind.TASK, List.of(id)).contains(id);
    }

    private long lines() throws IOException {
        return Files.exists(ran) ? Files.readAllLines(ran).size() : 0;
    }

    @Test
    void a_fire_starts_its_task_on_a_worker() {
        Job job = job(OverlapPolicy.ALLOW, "Shell", "echo ran >> " + ran, Map.of());
        fire(0);
        assertThat(fires(job)).singleElement().satisfies(fire -> {
            assertThat(fire.state()).isEqualTo(Fire.State.CREATED);
            assertThat(fire.kind()).isEqualTo(Fire.Kind.TASK);
            assertThat(fire.latenessMs()).isLessThan(10_000);
        });
        await().atMost(PATIENCE).until(() -> lines() == 1);
    }

    @Test
    void who_dies_after_creating_and_before_writing_it_down_makes_no_second_task() {
        Job job = job(OverlapPolicy.ALLOW, "Shell", "echo ran >> " + ran, Map.of());
        tables.moveTo(minute);
        List<Due> claimed = firer.runOnce().fires();
        String first = engine.start(claimed).getFirst().startedId();
        assertThat(tables.states(job.id())).containsExactly("claimed");
        tables.forward(LEASE_MS);
        delivery.runOnce();
        assertThat(fires(job)).singleElement().satisfies(fire -> {
            assertThat(fire.state()).isEqualTo(Fire.State.CREATED);
            assertThat(fire.startedId()).isEqualTo(first).isNotNull();
        });
        await().atMost(PATIENCE).until(() -> ended(fires(job).getFirst()));
        assertThat(ran).hasContent("ran\n");
    }

    @Test
    void a_thousand_jobs_of_one_minute_become_a_thousand_tasks() {
        String template = job(OverlapPolicy.ALLOW, "Local", "noop", Map.of()).id();
        tables.update("""
                INSERT INTO job SELECT id || n, name, spec, timezone, enabled, pause_reason, target_type, target, misfire,
                    overlap, next_fire_ms, created_by, created_ms, updated_ms
                FROM job, generate_series(1, 999) AS n WHERE id = ?""", template);
        fire(0);
        assertThat(tables.count("created")).isEqualTo(1_000);
        assertThat(tables.rows("SELECT count(DISTINCT started_id) FROM fire", row -> row.getLong(1)))
                .containsExactly(1_000L);
    }

    @Test
    void an_order_that_the_engine_refuses_has_failed_and_the_others_have_not() {
        Job good = job(OverlapPolicy.ALLOW, "Local", "noop", Map.of());
        Job bad = job(OverlapPolicy.ALLOW, "Local", "noop", Map.of());
        tables.update(
                "UPDATE job SET target = replace(target, '\"id\":\"task\"', '\"id\":\"\\u0000\"') WHERE id = ?",
                bad.id());
        fire(0);
        assertThat(fires(good)).extracting(Fire::state).containsExactly(Fire.State.CREATED);
        assertThat(fires(bad)).singleElement().satisfies(fire -> {
            assertThat(fire.state()).isEqualTo(Fire.State.FAILED);
            assertThat(fire.reason()).contains("character");
        });
    }

    @Test
    void what_the_engine_is_not_there_for_is_created_when_it_is_back() {
        Job job = job(OverlapPolicy.ALLOW, "Shell", "echo ran >> " + ran, Map.of());
        TestInfrastructure.stopService("task-service");
        try {
            fire(0);
            assertThat(fires(job)).singleElement().satisfies(fire -> {
                assertThat(fire.state()).isEqualTo(Fire.State.CLAIMED);
                assertThat(fire.reason()).isEqualTo("task-service is not reachable");
            });
        } finally {
            TestInfrastructure.startService("task-service");
        }
        tables.forward(LEASE_MS);
        delivery.runOnce();
        assertThat(fires(job)).extracting(Fire::state).containsExactly(Fire.State.CREATED);
        await().atMost(PATIENCE).until(() -> lines() == 1);
    }

    @Test
    void a_fire_is_left_out_while_the_previous_one_runs() throws Exception {
        Job job = sleeper(OverlapPolicy.SKIP);
        fire(0);
        fire(1);
        assertThat(fires(job)).extracting(Fire::state).containsExactly(Fire.State.CREATED, Fire.State.SKIPPED);
        assertThat(fires(job).getLast().reason()).isEqualTo("overlap: the previous fire still runs");
        engine.cancel(
                Fire.Kind.TASK, List.of(String.valueOf(fires(job).getFirst().startedId())), "test");
        await().atMost(PATIENCE).until(() -> ended(fires(job).getFirst()));
        fire(2);
        assertThat(fires(job).getLast().state()).isEqualTo(Fire.State.CREATED);
    }

    @Test
    void a_fire_waits_in_the_queue_until_the_previous_one_has_ended() throws Exception {
        Job job = sleeper(OverlapPolicy.QUEUE);
        fire(0);
        fire(1);
        fire(2);
        release.runOnce();
        assertThat(fires(job))
                .extracting(Fire::state)
                .containsExactly(Fire.State.CREATED, Fire.State.QUEUED, Fire.State.QUEUED);
        engine.cancel(
                Fire.Kind.TASK, List.of(String.valueOf(fires(job).getFirst().startedId())), "test");
        await().atMost(PATIENCE).until(() -> {
            release.runOnce();
            return fires(job).get(1).state() == Fire.State.CREATED;
        });
        assertThat(fires(job).get(2).state()).isEqualTo(Fire.State.QUEUED);
    }

    @Test
    void a_fire_cancels_the_previous_one() {
        Job job = sleeper(OverlapPolicy.CANCEL_PREVIOUS);
        fire(0);
        fire(1);
        assertThat(fires(job)).extracting(Fire::state).containsExactly(Fire.State.CREATED, Fire.State.CREATED);
        await().atMost(PATIENCE).until(() -> ended(fires(job).getFirst()));
    }

    @Test
    void a_dag_s_fires_are_runs_that_may_not_overlap_either() throws Exception {
        Target dag = new Target.Dag(Map.of(
                "tasks",
                List.of(Map.of(
                        "id",
                        "a",
                        "exec_type",
                        "Local",
                        "exec_command",
                        "sleep",
                        "exec_params",
                        Map.of("ms", 120_000)))));
        Job job = jobs.create(
                new Job.Draft(
                        "dag", Schedule.of("* * * * *", "UTC"), null, dag, MisfirePolicy.ONCE, OverlapPolicy.SKIP),
                "tester");
        fire(0);
        fire(1);
        assertThat(fires(job)).extracting(Fire::state).containsExactly(Fire.State.CREATED, Fire.State.SKIPPED);
        assertThat(fires(job).getFirst().kind()).isEqualTo(Fire.Kind.RUN);
        List<String> run = List.of(String.valueOf(fires(job).getFirst().startedId()));
        engine.cancel(Fire.Kind.RUN, run, "test");
        await().atMost(PATIENCE).until(() -> engine.ended(Fire.Kind.RUN, run).containsAll(run));
        fire(2);
        assertThat(fires(job).getLast().state()).isEqualTo(Fire.State.CREATED);
        engine.cancel(Fire.Kind.RUN, List.of(String.valueOf(fires(job).getLast().startedId())), "test");
    }

    @Test
    void by_itself_it_fires_at_the_minute_without_waiting_for_the_next_look() throws Exception {
        Job job = job(OverlapPolicy.ALLOW, "Local", "noop", Map.of());
        FireTimer timer = new FireTimer(Settings.of(Map.of()), firer, delivery, release);
        try {
            tables.moveTo(minute - 500);
            timer.tick();
            await().atMost(PATIENCE).until(() -> tables.states(job.id()).equals(List.of("created")));
            assertThat(fires(job).getFirst().firedMs()).isGreaterThanOrEqualTo(minute);
        } finally {
            timer.stop(new ShutdownEvent());
        }
    }
}
