package io.taskhub.realtime.socket;

import org.jspecify.annotations.Nullable;

/** What a client may ask for (taskhub.md, "Commands"). */
sealed interface Command {

    /**
     * What a subscription is about; two with the same are one.
     *
     * @param task as the client wrote it: pushes spell it the same way
     * @param run only this run; null for all
     */
    record Target(Topic topic, String task, @Nullable String run) {}

    /** @param from replay from this seq first, 0 = all; null = live only */
    record Subscribe(Target target, @Nullable Long from) implements Command {}

    record Unsubscribe(Target target) implements Command {}

    record Ping() implements Command {}

    /** Nothing but a token. */
    record Authenticate() implements Command {}

    /** Not understood; the message is for the client. */
    record Invalid(String message) implements Command {}
}
