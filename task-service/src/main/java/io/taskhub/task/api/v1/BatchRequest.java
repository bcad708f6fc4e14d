package io.taskhub.task.api.v1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskhub.task.NewTask;
import io.taskhub.task.Once;
import io.taskhub.task.Submission;
import io.taskhub.task.api.JsonBody;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Predicate;

/** The body of {@code POST /api/v1/tasks:batch}: up to 1,000 creates, of which a bad one fails alone. */
final class BatchRequest {
    private static final int MAX_TASKS = 1_000;

    private final List<NewTask> good = new ArrayList<>();
    private final List<Item> items = new ArrayList<>();

    private BatchRequest() {}

    private sealed interface Item {
        /** Stands in {@link #good} at its place among the good ones. */
        record Good() implements Item {}

        record Bad(V1Error error) implements Item {}
    }

    /** @throws V1Error INVALID_REQUEST when there is no array {@code tasks} of 1 to 1,000 */
    static BatchRequest parse(ObjectNode body, Predicate<String> known, String caller) {
        if (!(body.get("tasks") instanceof ArrayNode tasks) || tasks.isEmpty() || tasks.size() > MAX_TASKS) {
            throw V1Error.invalid("tasks must be an array of 1 to " + MAX_TASKS + " tasks");
        }
        var batch = new BatchRequest();
        for (JsonNode task : tasks) {
            batch.add(task, known, caller);
        }
        return batch;
    }

    private void add(JsonNode task, Predicate<String> known, String caller) {
        try {
            good.add(CreateRequest.parse(task, known, caller));
            items.add(new Item.Good());
        } catch (V1Error e) {
            items.add(new Item.Bad(e));
        }
    }

    /** Those that can be created, in order. */
    List<NewTask> tasks() {
        return good;
    }

    /** @param outcomes of {@link #tasks()}, in order */
    Once.Answer answer(List<Submission> outcomes) {
        Iterator<Submission> stored = outcomes.iterator();
        var results = new StringJoiner(",", "{\"results\":[", "]}");
        for (Item item : items) {
            results.add(
                    switch (item) {
                        case Item.Good good -> V1Created.json(stored.next());
                        case Item.Bad(V1Error error) -> JsonBody.write(error.body());
                    });
        }
        return new Once.Answer(201, results.toString());
    }
}
