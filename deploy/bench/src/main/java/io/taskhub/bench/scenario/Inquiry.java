package io.taskhub.bench.scenario;

import io.taskhub.bench.load.Await;
import io.taskhub.bench.load.Reply;
import io.taskhub.bench.load.Tally;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks afterwards what became of many things: a few at a time, when nothing is measured. One that is not answered spoils one
 * sample, not the run.
 *
 * @param what for {@code wrong}, where unanswered ones are counted
 */
record Inquiry(String what, Function<String, Future<Reply>> question, Tally wrong) {
    private static final int AT_ONCE = 8;

    /** Longer than the gateway waits for a service, so that its verdict is seen. */
    private static final Duration PATIENCE = Duration.ofSeconds(50);

    /** The answers in the ids' order, null where there is no id or no answer. */
    List<@Nullable JsonObject> of(List<? extends @Nullable String> ids) throws InterruptedException {
        List<@Nullable JsonObject> answers = new ArrayList<>(ids.size());
        for (int from = 0; from < ids.size(); from += AT_ONCE) {
            List<@Nullable Future<Reply>> asked = new ArrayList<>();
            for (String id : ids.subList(from, Math.min(from + AT_ONCE, ids.size()))) {
                asked.add(id == null ? null : question.apply(id));
            }
            for (Future<Reply> reply : asked) {
                answers.add(reply == null ? null : answer(reply));
            }
        }
        return answers;
    }

    private @Nullable JsonObject answer(Future<Reply> asked) throws InterruptedException {
        String complaint;
        try {
            Reply reply = Await.result(what, asked, PATIENCE);
            complaint = reply.complaint();
            if (complaint == null) {
                return reply.object();
            }
        } catch (IllegalStateException e) {
            complaint = "no answer";
        }
        wrong.add(what + ": " + complaint);
        return null;
    }
}
