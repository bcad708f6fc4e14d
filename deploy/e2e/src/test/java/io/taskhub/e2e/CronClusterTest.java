package io.taskhub.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.taskhub.e2e.client.CronJobs;
import io.taskhub.e2e.client.Dags;
import io.taskhub.e2e.client.Waiting;
import io.taskhub.local.Suite;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** Two cron-services on one clock, which the test moves by hand: every fire happens once, whoever dies. */
@EndToEnd
@Isolated
@Order(Faults.AFTER_THE_CONTRACTS + 1)
class CronClusterTest {
    private static final List<String> CRON = List.of("cron-service", "cron-service-2");
    private static final List<String> DAG = List.of("dag-service", "dag-service-2");

    private final Suite suite;
    private final CronJobs cron;
    private final Dags dags;
    private final String name = Names.unique("minutely");

    CronClusterTest(Hub hub) {
        this.suite = hub.suite();
        this.cron = hub.cron();
        this.dags = hub.dags();
    }

    @AfterEach
    void everything_is_back() {
        suite.awaitReady();
    }

    @Test
    @Timeout(90)
    void a_job_of_every_minute_fires_once_in_each_of_three_minutes() {
        try (Gate gate = Gate.shut()) {
            String job = cron.create(Map.of(
                    "name",
                    name,
                    "spec",
                    "* * * * *",
                    "task",
                    Map.of("exec_type", "Shell", "exec_command", gate.leaves("ran"))));
            for (int minute = 1; minute <= 3; minute++) {
                int fires = minute;
                moveToTheNextMinute();
                Waiting.await().until(() -> gate.count("ran") == fires);
            }

            List<JsonNode> fires = cron.fires(job);
            cron.delete(job);
            assertThat(fires).hasSize(3).allSatisfy(fire -> {
                assertThat(fire.path("state").asText()).isEqualTo("created");
                assertThat(fire.path("scheduled_ms").asLong() % 60_000).isZero();
            });
            assertThat(fires)
                    .extracting(fire -> fire.path("scheduled_ms").asLong())
                    .doesNotHaveDuplicates();
            assertThat(fires)
                    .extracting(fire -> fire.path("started_id").asText())
                    .doesNotHaveDuplicates();
            assertThat(gate.count("ran")).isEqualTo(3);
        }
    }

    @Test
    @Timeout(120)
    void a_fire_survives_the_death_of_both_between_its_claim_and_its_run_and_starts_one_run() {
        try (Gate gate = Gate.shut()) {
            String job = cron.create(Map.of(
                    "name",
                    name,
                    "spec",
                    "* * * * *",
                    "target_type",
                    "Dag",
                    "dag",
                    Map.of(
                            "tasks",
                            List.of(Map.of("id", "n", "exec_type", "Shell", "exec_command", gate.leaves("ran"))))));
            // whoever claims the fire orders its run from a service that does not answer, and dies waiting
            signal("STOP", DAG);
            try {
                moveToTheNextMinute();
                Waiting.await().until(() -> states(job).contains("claimed"));
                CRON.forEach(suite::kill);
            } finally {
                signal("CONT", DAG);
            }
            suite.awaitReady();

            Waiting.await(Duration.ofSeconds(60)).until(() -> states(job).equals(List.of("created")));
            String run = cron.fires(job).getFirst().path("started_id").asText();
            assertThat(dags.awaitEnd(run).path("status").asInt()).isEqualTo(Dags.SUCCESS);
            assertThat(dags.items("/api/dag/runs?name=" + name)).hasSize(1);
            assertThat(gate.count("ran")).isEqualTo(1);
            cron.delete(job);
        }
    }

    private List<String> states(String job) {
        return cron.fires(job).stream().map(fire -> fire.path("state").asText()).toList();
    }

    /** The clock of schema cron goes forward only. */
    private void moveToTheNextMinute() {
        try (Connection connection = suite.postgres().connect("taskhub");
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE cron.clock_offset SET ms = ms + 60000 - cron.clock() % 60000");
        } catch (SQLException e) {
            throw new IllegalStateException("the clock cannot be moved", e);
        }
    }

    private void signal(String signal, List<String> services) {
        List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
        services.forEach(service -> command.add(Long.toString(suite.pid(service))));
        try {
            assertThat(new ProcessBuilder(command).inheritIO().start().waitFor())
                    .isZero();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
