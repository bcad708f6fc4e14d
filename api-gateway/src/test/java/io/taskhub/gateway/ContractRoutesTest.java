package io.taskhub.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskhub.gateway.dialect.Dialect;
import io.taskhub.gateway.routing.Access;
import io.taskhub.gateway.routing.Kind;
import io.taskhub.gateway.routing.Lookup;
import io.taskhub.gateway.routing.Route;
import io.taskhub.gateway.routing.RouteTable;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every operation of the contracts with the service that answers it, its dialect and who may call it. */
@GatewayTest
class ContractRoutesTest {
    @Inject
    RouteTable table;

    @ParameterizedTest
    @CsvSource(textBlock = """
            POST, /api/login, gateway, TASKHUB, PUBLIC
            GET, /api/health, gateway, TASKHUB, PUBLIC
            GET, /api/info, gateway, TASKHUB, PUBLIC
            GET, /api/stats, gateway, TASKHUB, VIEWER
            GET, /api/debug/broadcast, gateway, TASKHUB, OPERATOR
            POST, /api/tasks, task-service, TASKHUB, OPERATOR
            GET, /api/tasks, task-service, TASKHUB, VIEWER
            GET, /api/tasks/17, task-service, TASKHUB, VIEWER
            GET, /api/tasks/tsk_01HXY3, task-service, PROBLEM, VIEWER
            GET, /api/tasks/logs, task-service, TASKHUB, VIEWER
            POST, /api/tasks/17/cancel, task-service, TASKHUB, OPERATOR
            POST, /api/dag/run, dag-service, TASKHUB, OPERATOR
            POST, /api/dag/run_async, dag-service, TASKHUB, OPERATOR
            GET, /api/dag/runs, dag-service, TASKHUB, VIEWER
            GET, /api/dag/task_runs, dag-service, TASKHUB, VIEWER
            GET, /api/dag/events, dag-service, TASKHUB, VIEWER
            GET, /api/dag/runs/1732100000000_ab12cd, dag-service, TASKHUB, VIEWER
            GET, /api/dag/runs/1732100000000_ab12cd/nodes, dag-service, TASKHUB, VIEWER
            POST, /api/dag/runs/1732100000000_ab12cd/cancel, dag-service, TASKHUB, OPERATOR
            POST, /api/dag/runs/1732100000000_ab12cd/retry, dag-service, TASKHUB, OPERATOR
            POST, /template, dag-service, OK, OPERATOR
            GET, /template/t1, dag-service, OK, VIEWER
            GET, /templates, dag-service, OK, VIEWER
            DELETE, /template/t1, dag-service, OK, OPERATOR
            POST, /template/update/t1, dag-service, OK, OPERATOR
            POST, /template/render, dag-service, OK, VIEWER
            POST, /template/run, dag-service, OK, OPERATOR
            POST, /template/run_async, dag-service, OK, OPERATOR
            GET, /api/cron/jobs, cron-service, OK, VIEWER
            POST, /api/cron/jobs, cron-service, OK, OPERATOR
            DELETE, /api/cron/jobs/job_1, cron-service, OK, OPERATOR
            DELETE, /api/cron/jobs/, cron-service, OK, OPERATOR
            PUT, /api/cron/jobs/job_1, cron-service, OK, OPERATOR
            POST, /api/cron/jobs/job_1/pause, cron-service, OK, OPERATOR
            GET, /api/cron/jobs/job_1/fires, cron-service, OK, VIEWER
            POST, /api/workers/register, worker-service, OK, WORKER
            POST, /api/workers/heartbeat, worker-service, OK, WORKER
            GET, /api/workers, worker-service, OK, VIEWER
            POST, /api/worker/execute, worker-service, OK, OPERATOR
            POST, /api/v1/tasks, task-service, V1, OPERATOR
            GET, /api/v1/tasks, task-service, V1, VIEWER
            POST, /api/v1/tasks:batch, task-service, V1, OPERATOR
            GET, /api/v1/tasks/f47ac10b-58cc-4372-a567-0e02b2c3d479, task-service, V1, VIEWER
            POST, /api/v1/tasks/x/cancel, task-service, V1, OPERATOR
            DELETE, /api/v1/tasks/x, task-service, V1, OPERATOR
            GET, /api/v1/tasks/x/progress, task-service, V1, VIEWER
            GET, /api/v1/tasks/x/progress/history, task-service, V1, VIEWER
            GET, /api/v1/tasks/x/progress/info, task-service, V1, VIEWER
            GET, /api/v1/tasks/x/progress/stream, realtime-service, V1, VIEWER
            GET, /api/v1/progress/stream, realtime-service, V1, VIEWER
            GET, /api/v1/queues/stats, task-service, V1, VIEWER
            GET, /health, task-service, V1, PUBLIC
            GET, /ready, task-service, V1, PUBLIC
            GET, /live, task-service, V1, PUBLIC
            POST, /api/chat, task-service, PROBLEM, OPERATOR
            GET, /api/tasks/tsk_1/stream, realtime-service, PROBLEM, VIEWER
            GET, /api/tasks/17/events, realtime-service, PROBLEM, VIEWER
            GET, /api/tasks/tsk_1/artifacts/step-1.png, task-service, PROBLEM, VIEWER
            HEAD, /api/tasks/17/artifacts/a/b.png, task-service, PROBLEM, VIEWER
            GET, /api/admin/jobs/overview, task-service, ADMIN, ADMIN
            GET, /api/admin/jobs/realtime, task-service, ADMIN, ADMIN
            GET, /api/admin/jobs/realtime/x, task-service, ADMIN, ADMIN
            POST, /api/admin/jobs/realtime/x/retry, task-service, ADMIN, ADMIN
            POST, /api/admin/jobs/realtime/x/cancel, task-service, ADMIN, ADMIN
            GET, /api/admin/jobs/events, realtime-service, ADMIN, ADMIN
            """)
    void an_operation_has_its_row(String method, String path, String service, Dialect dialect, Access access) {
        assertThat(table.find(method, path)).isInstanceOfSatisfying(Lookup.Found.class, found -> {
            Route route = found.route();
            assertThat(route.service()).isEqualTo(service);
            assertThat(route.dialect()).isEqualTo(dialect);
            assertThat(route.access()).isEqualTo(access);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /jobs, OPERATOR",
        "GET, /jobs/j, VIEWER",
        "GET, /jobs/j/download-archive, VIEWER",
        "POST, /batches, OPERATOR",
        "GET, /batches/b, VIEWER",
        "GET, /batches/b/archive, VIEWER",
        "POST, /batches/b/toggle-active, OPERATOR",
        "POST, /batches/fail-all, OPERATOR",
        "POST, /j/restart, OPERATOR",
        "HEAD, /files/a/b.md, VIEWER"
    })
    void event_jobs_have_two_doors(String method, String path, Access access) {
        for (String door : new String[] {"/api/event-job", "/api/jobs"}) {
            Route route = found(door + path, method);
            assertThat(route.service()).isEqualTo("task-service");
            assertThat(route.dialect()).isEqualTo(Dialect.EVENT_JOB);
            assertThat(route.access()).isEqualTo(access);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /jobs, POST",
        "DELETE, /jobs/j, 'GET,HEAD'",
        "POST, /files/a/b.md, 'GET,HEAD'",
        "GET, /j/restart, POST",
        "PUT, /batches, POST"
    })
    void another_method_is_told_which_would_do(String method, String path, String allow) {
        for (String door : new String[] {"/api/event-job", "/api/jobs"}) {
            assertThat(table.find(method, door + path)).isInstanceOfSatisfying(Lookup.WrongMethod.class, wrong -> {
                assertThat(wrong.dialect()).isEqualTo(Dialect.EVENT_JOB);
                assertThat(String.join(",", wrong.allow())).isEqualTo(allow);
            });
            assertThat(table.find(method, door + "/no/such/path")).isEqualTo(new Lookup.Unknown(Dialect.EVENT_JOB));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/api/event-job/files/a/b.md",
        "/api/event-job/jobs/j/download-archive",
        "/api/event-job/batches/b/archive",
        "/api/jobs/files/a/b.md",
        "/api/jobs/jobs/j/download-archive",
        "/api/jobs/batches/b/archive",
        "/api/tasks/tsk_1/artifacts/a.png"
    })
    void a_download_outlives_a_slow_reader(String path) {
        assertThat(found(path, "GET").timeout()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void streams_have_no_timeout_and_a_batch_may_be_larger() {
        assertThat(found("/api/tasks/tsk_1/stream", "GET").kind()).isEqualTo(Kind.STREAM);
        assertThat(found("/api/tasks/tsk_1/events", "GET").kind()).isEqualTo(Kind.STREAM);
        assertThat(found("/api/admin/jobs/events", "GET").kind()).isEqualTo(Kind.STREAM);
        assertThat(found("/api/event-job/batches", "POST").maxBody()).isEqualTo(8 * 1024 * 1024);
        assertThat(found("/api/jobs/batches", "POST").maxBody()).isEqualTo(8 * 1024 * 1024);
        assertThat(found("/api/v1/tasks/x/progress/stream", "GET").kind()).isEqualTo(Kind.STREAM);
        assertThat(found("/ws", "GET").kind()).isEqualTo(Kind.WEBSOCKET);
        assertThat(found("/api/v1/tasks:batch", "POST").maxBody()).isEqualTo(8 * 1024 * 1024);
        assertThat(found("/api/v1/tasks", "POST").maxBody()).isEqualTo(1024 * 1024);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/dag/run",
        "POST, /api/dag/run_async",
        "POST, /template",
        "POST, /template/update/t1",
        "POST, /template/render",
        "POST, /template/run",
        "POST, /template/run_async",
        "POST, /api/cron/jobs",
        "PUT, /api/cron/jobs/job_1"
    })
    void ten_thousand_nodes_fit_into_a_body(String method, String path) {
        assertThat(found(path, method).maxBody()).isEqualTo(8 * 1024 * 1024);
    }

    @ParameterizedTest
    @CsvSource({"/api/dag/run", "/template/run"})
    void a_run_may_be_waited_for_all_day(String path) {
        assertThat(found(path, "POST").timeout()).isEqualTo(Duration.ofHours(24));
    }

    private Route found(String path, String method) {
        return ((Lookup.Found) table.find(method, path)).route();
    }

    @ParameterizedTest
    @CsvSource({"/internal/stats", "/internal/leases/claim", "/q/metrics", "/q/dev-ui", "/"})
    void nothing_internal_has_a_row(String path) {
        assertThat(table.find("GET", path)).isInstanceOf(Lookup.Unknown.class);
        assertThat(table.find("POST", path)).isInstanceOf(Lookup.Unknown.class);
    }
}
