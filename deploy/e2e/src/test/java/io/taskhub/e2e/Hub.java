package io.taskhub.e2e;

import io.taskhub.e2e.client.CronJobs;
import io.taskhub.e2e.client.Dags;
import io.taskhub.e2e.client.PlainTasks;
import io.taskhub.e2e.client.RawConnection;
import io.taskhub.e2e.client.TaskHubClient;
import io.taskhub.e2e.client.V1Tasks;
import io.taskhub.local.Suite;
import java.net.URI;

/** The running suite, what is outside of it, and who talks to it. */
record Hub(Suite suite, OutsideWorld world, TaskHubClient anonymous, TaskHubClient admin) {

    static Hub of(Suite suite, OutsideWorld world) {
        TaskHubClient anonymous = TaskHubClient.at(URI.create(suite.baseUrl()));
        return new Hub(suite, world, anonymous, anonymous.login("admin", "123456"));
    }

    /** {@code /ws} on the gateway's main port. */
    URI sockets() {
        return URI.create(suite.baseUrl().replaceFirst("http", "ws") + "/ws");
    }

    /** The second listener, which takes a WebSocket on any path. */
    URI secondListener(String path) {
        return URI.create(suite.webSocketUrl()).resolve(path);
    }

    PlainTasks plain() {
        return new PlainTasks(admin);
    }

    Dags dags() {
        return new Dags(admin);
    }

    CronJobs cron() {
        return new CronJobs(admin);
    }

    V1Tasks v1() {
        return new V1Tasks(admin);
    }

    /** What the gateway answers to these very bytes. */
    String raw(String text) {
        return RawConnection.exchange(URI.create(suite.baseUrl()), text);
    }
}
