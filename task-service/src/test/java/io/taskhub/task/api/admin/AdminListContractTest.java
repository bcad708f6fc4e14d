package io.taskhub.task.api.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.response.ValidatableResponse;
import io.taskhub.contracts.Lease;
import io.taskhub.contracts.TaskId;
import io.taskhub.task.Given;
import io.taskhub.task.NewTask;
import io.taskhub.task.Task;
import io.taskhub.task.TaskServiceTest;
import io.taskhub.task.Tasks;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TaskServiceTest
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AdminListContractTest {
    private final String type = "type-" + UUID.randomUUID();

    @Inject
    Operators operators;

    @Inject
    Tasks tasks;

    @Test
    void pages_follow_one_another_newest_first() {
        List<TaskId> made = IntStream.range(0, 45)
                .mapToObj(i -> operators.submit(Given.task().ofType(type).build()))
                .toList();
        list("task_type=" + type)
                .body("page", equalTo(1))
                .body("page_size", equalTo(20))
                .body("total", equalTo(45))
                .body("items", hasSize(20))
                .body("items[0].id", equalTo(made.getLast().toString()))
                .body("items[19].id", equalTo(made.get(25).toString()));
        list("task_type=" + type + "&page=3")
                .body("items", hasSize(5))
                .body("items[4].id", equalTo(made.getFirst().toString()));
        list("task_type=" + type + "&page=4").body("items", empty()).body("total", equalTo(45));
        list("task_type=" + type + "&page=0&page_size=500")
                .body("page", equalTo(1))
                .body("page_size", equalTo(100))
                .body("items", hasSize(45));
        list("task_type=" + type + "&page_size=1").body("page_size", equalTo(20));
    }

    @Test
    void an_item_has_the_contracts_fields_and_children_are_in() {
        TaskId parent = operators.submit(Given.task().ofType(type).build());
        TaskId child = operators.submit(Given.task()
                .ofType(type)
                .withPayload("{\"user_id\":7}")
                .withLink(Task.Link.toParent(parent))
                .born(new NewTask.Born.Failed("boom"))
                .build());
        list("task_type=" + type)
                .body("items.id", contains(child.toString(), parent.toString()))
                .body("items[0]", aMapWithSize(13))
                .body("items[0].status", equalTo("failed"))
                .body("items[0].source", equalTo("parent"))
                .body("items[0].requested_by", equalTo(7))
                .body("items[0].requested_by_name", equalTo("tester"))
                .body("items[0].parent_task_id", equalTo(parent.toString()))
                .body("items[0].error_message", equalTo("boom"))
                .body("items[1].status", equalTo("queued"))
                .body("items[1].source", equalTo("api.v1"))
                .body("items[1].requested_by", nullValue())
                .body("items[1].cancel_requested", equalTo(false))
                .body("items[1].finished_at", nullValue());
    }

    @Test
    void each_status_shows_its_own() {
        String queue = "q-" + UUID.randomUUID();
        TaskId running =
                operators.submit(Given.task().ofType(type).inQueue(queue).build());
        Lease lease = operators.claim(queue, type);
        assertThat(lease.task()).isEqualTo(running);
        TaskId queued = operators.submit(Given.task().ofType(type).build());
        TaskId canceled = operators.submit(Given.task().ofType(type).build());
        tasks.cancel(canceled.toString(), "test");
        TaskId failed = operators.submit(
                Given.task().ofType(type).born(new NewTask.Born.Failed("x")).build());
        TaskId succeeded = operators.submit(
                Given.task().ofType(type).born(new NewTask.Born.Completed()).build());
        only("queued", queued);
        only("running", running);
        only("canceled", canceled);
        only("failed", failed);
        only("succeeded", succeeded);
        list("task_type=" + type + "&status=all").body("total", equalTo(5));
        list("task_type=" + type + "&status=").body("total", equalTo(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"queued", "running", "succeeded", "failed", "canceled"})
    void a_status_alone_is_counted_exactly(String status) {
        TaskId failed = operators.submit(
                Given.task().ofType(type).born(new NewTask.Born.Failed("x")).build());
        ValidatableResponse page = list("status=" + status).body("items.status", everyItem(equalTo(status)));
        int items = page.extract().path("items.size()");
        page.body("total", greaterThanOrEqualTo(items));
        if (status.equals("failed")) {
            page.body("items.id", hasItem(failed.toString()));
        }
    }

    @Test
    void types_are_chosen_and_left_out_one_by_one_or_by_commas() {
        String other = "type-" + UUID.randomUUID();
        TaskId first = operators.submit(Given.task().ofType(type).build());
        TaskId second = operators.submit(Given.task().ofType(other).build());
        String[] both = {second.toString(), first.toString()};
        list("task_type=" + type + "," + other).body("items.id", contains(both));
        list("task_type=" + type + "&task_type=" + other).body("items.id", contains(both));
        list("task_type=" + type + "," + other + "&exclude_task_type=" + other)
                .body("items.id", contains(first.toString()))
                .body("total", equalTo(1));
        list("exclude_task_type=" + type + "&exclude_task_type=" + other)
                .body("items.task_type", everyItem(not(equalTo(type))))
                .body("items.task_type", everyItem(not(equalTo(other))));
        list("page=1").body("items.id", hasItem(second.toString())).body("total", greaterThanOrEqualTo(2));
    }

    private void only(String status, TaskId id) {
        list("task_type=" + type + "&status=" + status)
                .body("items.id", contains(id.toString()))
                .body("total", equalTo(1));
    }

    private ValidatableResponse list(String query) {
        return operators.admin().get("/api/admin/jobs/realtime?" + query).then().statusCode(200);
    }
}
