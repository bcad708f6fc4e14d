package io.taskhub.task.api.v1;

import io.taskhub.task.Once;
import io.taskhub.task.Submission;
import io.taskhub.task.api.JsonBody;
import java.util.List;
import java.util.Map;

/** What a create answers. Success is written by hand: it is the hottest reply there is, and nothing in it needs escaping. */
final class V1Created {
    private V1Created() {}

    /** Of a single create: 201, 409 or 400. */
    static Once.Answer answer(List<Submission> outcomes) {
        Submission outcome = outcomes.getFirst();
        int status =
                switch (outcome) {
                    case Submission.Accepted accepted -> 201;
                    case Submission.AlreadyExists exists -> 409;
                    case Submission.Refused refused -> 400;
                };
        return new Once.Answer(status, json(outcome));
    }

    /** One outcome as JSON, alone or within a batch. */
    static String json(Submission outcome) {
        return switch (outcome) {
            case Submission.Accepted accepted ->
                "{\"task_id\":\"" + accepted.id() + "\",\"queue\":\"" + accepted.queue() + "\",\"status\":\""
                        + accepted.state().wire() + "\"}";
            case Submission.AlreadyExists exists ->
                JsonBody.write(new V1Error.Body(
                        "a task with the same queue, type and payload exists",
                        "TASK_ALREADY_EXISTS",
                        Map.of("task_id", exists.holder().toString())));
            case Submission.Refused refused ->
                JsonBody.write(new V1Error.Body(refused.reason(), "INVALID_REQUEST", Map.of()));
        };
    }
}
