package io.taskhub.e2e;

import static io.taskhub.e2e.client.ReplyAssert.assertThatReply;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskhub.e2e.client.NewTask;
import io.taskhub.e2e.client.PlainTasks;
import io.taskhub.e2e.client.Reply;
import io.taskhub.e2e.client.TaskHubClient;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** {@code GET /api/tasks}: one answer for two contracts (decisions §1). */
@EndToEnd
@Isolated // others create by the thousand, and lists show the newest
class TaskHubListTest {
    private final Hub hub;
    private final TaskHubClient admin;
    private final PlainTasks tasks;

    TaskHubListTest(Hub hub) {
        this.hub = hub;
        this.admin = hub.admin();
        this.tasks = hub.plain();
    }

    @Test
    void the_plain_list_is_ascending_and_has_both_contracts_fields() {
        long first = tasks.run("true");
        long second = tasks.run("true");

        Reply list = admin.get("/api/tasks");

        assertThatReply(list).isOk();
        List<Long> ids = StreamSupport.stream(list.at("/data").spliterator(), false)
                .map(t -> t.path("id").asLong())
                .toList();
        assertThat(ids)
                .isSorted()
                .doesNotHaveDuplicates()
                .contains(first, second)
                .hasSizeLessThanOrEqualTo(1_000);
        String last = "/data/" + (ids.size() - 1);
        assertThatReply(list)
                .hasFields(last, TaskHubTasksTest.FIELDS)
                .hasFields(last, "task_id", "created_at", "plan_summary", "last_event_at")
                .hasTextMatching(last + "/task_id", "tsk_[0-9A-HJKMNP-TV-Z]{26}");
    }

    @Test
    void with_a_limit_the_list_is_newest_first_and_pages() {
        long oldest = tasks.run("true");
        long middle = tasks.run("true");
        long newest = tasks.run("true");

        Reply page = admin.get("/api/tasks?limit=2");

        assertThat(page.at("/data").size()).isEqualTo(2);
        assertThat(page.number("/data/0/id")).isGreaterThanOrEqualTo(newest);
        String cursor = page.text("/next_cursor");
        assertThat(cursor).isNotEmpty();
        long lastOfPage = page.number("/data/1/id");
        Reply next = admin.get("/api/tasks?limit=100&cursor="
                + java.net.URLEncoder.encode(cursor, java.nio.charset.StandardCharsets.UTF_8));
        List<Long> ids = ids(next);
        assertThat(ids).isSortedAccordingTo(java.util.Comparator.reverseOrder()).allMatch(id -> id < lastOfPage);
        assertThat(Stream.concat(ids(page).stream(), ids.stream())).contains(oldest, middle, newest);
    }

    @Test
    void limits_are_clamped_and_order_can_be_turned() {
        tasks.run("true");
        tasks.run("true");

        assertThat(admin.get("/api/tasks?limit=0").expect(200).at("/data").size())
                .isEqualTo(1);
        assertThat(admin.get("/api/tasks?limit=5000").expect(200).at("/data").size())
                .isLessThanOrEqualTo(100);
        Reply ascending = admin.get("/api/tasks?order=asc&limit=2").expect(200);
        assertThat(ascending.number("/data/0/id")).isLessThan(ascending.number("/data/1/id"));
    }

    @Test
    void a_task_of_v1_shows_its_type_as_name_and_its_payload_as_params() {
        String uuid = hub.v1().create(NewTask.noop().payload("k", "v").queue(Names.unique("list")));
        hub.v1().awaitState(uuid, "completed");

        assertThatReply(admin.get("/api/tasks/" + uuid))
                .isOk()
                .has("/data/name", "noop")
                .has("/data/type", 0)
                .has("/data/params/k", "v")
                .has("/data/status", "success");
    }

    @Test
    void status_words_and_since_are_those_of_the_task_center() {
        long before = tasks.run("true");
        String since = tasks.awaitEnd(before).path("update_time").asText();
        long failed = tasks.run("exit 1");
        long succeeded = tasks.run("true");
        tasks.awaitEnd(failed);
        tasks.awaitEnd(succeeded);

        assertThat(ids(admin.get("/api/tasks?limit=100&since=" + since)))
                .contains(failed, succeeded)
                .doesNotContain(before);
        assertThat(ids(admin.get("/api/tasks?limit=100&status=failed&since=" + since)))
                .contains(failed)
                .doesNotContain(succeeded);
        assertThat(ids(admin.get("/api/tasks?limit=100&status=success&since=" + since)))
                .contains(succeeded)
                .doesNotContain(failed);
    }

    private static List<Long> ids(Reply list) {
        return StreamSupport.stream(list.expect(200).at("/data").spliterator(), false)
                .map(t -> t.path("id").asLong())
                .toList();
    }
}
