package io.taskhub.realtime.socket;

import io.taskhub.realtime.feed.Published;
import java.util.List;
import java.util.function.BiFunction;

/** The session as its subscriptions see it. */
interface Reader {

    /** What the session was sent of numbered records. */
    Ledger ledger();

    /** Sends what is said about this item, unless another subscription of the session has just sent it. */
    <T> void push(Published<T> item, String spelling, BiFunction<T, String, List<String>> writer);

    /** False while earlier messages wait to be written: history is not read on until {@link Subscription#pump()}. */
    boolean hasRoom();
}
