package io.taskhub.worker.logs;

import io.taskhub.contracts.LogRecord;
import io.taskhub.contracts.Origin;

/** Carries one record to where logs are kept. */
interface LogSender {

    /** Calls {@code settled} once, when the record is stored or given up. May block while the buffer is full. */
    void send(LogRecord record, Origin origin, Runnable settled);

    /** Somebody waits for what was sent: it need not wait for company any more. A sender that never does has nothing to do. */
    default void hurry() {}
}
