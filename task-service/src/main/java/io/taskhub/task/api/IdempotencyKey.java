package io.taskhub.task.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskhub.task.Once;
import io.taskhub.task.Submission;
import io.taskhub.task.api.Failure.Kind;
import java.util.List;
import java.util.function.Function;

/** The header {@code Idempotency-Key}: a create with it takes effect once per caller and path (decisions §4). */
public final class IdempotencyKey {
    public static final String HEADER = "Idempotency-Key";

    private static final int MAX_LENGTH = 255;

    private IdempotencyKey() {}

    /** @throws Failure.Thrown INVALID_REQUEST when the key is blank, too long or not storable */
    public static Once once(
            String caller, String path, String key, ObjectNode body, Function<List<Submission>, Once.Answer> render) {
        if (key.isBlank() || key.length() > MAX_LENGTH || !JsonBody.storable(key)) {
            throw new Failure.Thrown(Kind.INVALID_REQUEST, HEADER + " must have 1 to " + MAX_LENGTH + " characters");
        }
        return new Once(caller, path, key, CanonicalJson.sha256(body), render);
    }
}
