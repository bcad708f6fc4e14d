package io.taskhub.task.api.admin.diagnostics;

import com.fasterxml.jackson.annotation.JsonValue;

/** Whom a brief or a translation is for: a number, as the contract shows it, or a text where the source of users has texts. */
public record UserId(Object value) implements Comparable<UserId> {

    @Override
    @JsonValue
    public Object value() {
        return value;
    }

    /** Numbers by their size before texts by their letters. */
    @Override
    public int compareTo(UserId other) {
        if (value instanceof Long mine && other.value instanceof Long theirs) {
            return mine.compareTo(theirs);
        }
        if (value instanceof Long || other.value instanceof Long) {
            return value instanceof Long ? -1 : 1;
        }
        return value.toString().compareTo(other.value.toString());
    }
}
