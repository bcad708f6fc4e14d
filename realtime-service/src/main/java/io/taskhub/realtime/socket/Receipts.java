package io.taskhub.realtime.socket;

import io.taskhub.contracts.TaskId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One subscription's hand on the session's {@link Ledger}. */
final class Receipts {
    private final Ledger ledger;
    private final Topic topic;
    private final Map<Ledger.Stream, Sent> streams = new HashMap<>();
    private Ledger.@Nullable Stream last;
    private @Nullable Sent lastSent;

    Receipts(Ledger ledger, Topic topic) {
        this.ledger = ledger;
        this.topic = topic;
    }

    /** Notes that this record is sent; false when the session has it already. */
    boolean note(TaskId task, int claim, int n) {
        Sent sent = lastSent;
        if (sent == null
                || last == null
                || last.claim() != claim
                || !last.task().equals(task)) {
            last = new Ledger.Stream(topic, task, claim);
            sent = streams.computeIfAbsent(last, ledger::open);
            lastSent = sent;
        }
        return sent.add(n);
    }

    void close() {
        streams.keySet().forEach(ledger::close);
        streams.clear();
        last = null;
        lastSent = null;
    }
}
