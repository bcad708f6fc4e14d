package io.taskhub.dag.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskhub.dag.DagServiceTest;
import io.taskhub.dag.NodeStatus;
import io.taskhub.dag.RunStatus;
import io.taskhub.dag.StoredRows;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DagServiceTest
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RetentionSweeperTest {
    @Inject
    RetentionSweeper sweeper;

    @Inject
    StoredRows rows;

    private String run(RunStatus status, int days) {
        long end = System.currentTimeMillis() - Duration.ofDays(days).toMillis();
        String run = rows.run("swept", "manual", status, end - 1, end);
        rows.node(run, 0, "a", "a");
        rows.nodeRun(run, 0, NodeStatus.SUCCESS, null, "");
        rows.event(run, 1, null, "dag_start", end, "{}");
        return run;
    }

    @Test
    void successes_go_after_a_week_and_all_others_after_a_month_with_all_they_have() {
        String oldSuccess = run(RunStatus.SUCCESS, 8);
        String oldFailure = run(RunStatus.FAILED, 31);
        String oldCancel = run(RunStatus.CANCELED, 31);
        String success = run(RunStatus.SUCCESS, 6);
        String failure = run(RunStatus.FAILED, 29);
        assertThat(sweeper.runOnce()).isGreaterThanOrEqualTo(3);
        assertThat(rows.count(oldSuccess)).isZero();
        assertThat(rows.count(oldFailure)).isZero();
        assertThat(rows.count(oldCancel)).isZero();
        assertThat(rows.count(success)).isEqualTo(4);
        assertThat(rows.count(failure)).isEqualTo(4);
        assertThat(sweeper.runOnce()).isZero();
    }
}
