package io.taskhub.task;

import io.taskhub.contracts.LogRecord;

/** A log record with the number that this query's answer gives it. */
public record StoredLog(long seq, LogRecord log) {}
