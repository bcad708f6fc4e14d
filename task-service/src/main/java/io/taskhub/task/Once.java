package io.taskhub.task;

import java.util.List;
import java.util.function.Function;

/**
 * A create request that must take effect once (decisions §4 {@code Idempotency-Key}), kept for 24 h.
 *
 * @param caller who asks; keys of different callers never meet
 * @param path of the request
 * @param fingerprint of the body; another one under the same key is an error
 * @param render makes the answer that is stored with the tasks, in the same transaction, and given again to every repetition
 */
public record Once(
        String caller, String path, String key, String fingerprint, Function<List<Submission>, Answer> render) {

    /** An HTTP answer as the dialect made it. */
    public record Answer(int status, String body) {}
}
