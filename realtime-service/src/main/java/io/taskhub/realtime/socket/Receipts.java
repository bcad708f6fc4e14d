package io.taskhub.realtime.socket;

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

    /** Notes that this record of a task or a run is sent; false when the session has it already. */
    boolean note(Object owner, int claim, int n) {
        Sent sent = lastSent;
        if (sent == null
                || last == null
                || last.claim() != claim
                || !last.owner().equals(owner)) {
            last = new Ledger.Stream(topic, owner, claim);
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
