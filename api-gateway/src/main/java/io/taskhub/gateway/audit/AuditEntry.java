package io.taskhub.gateway.audit;

import java.time.Instant;

/**
 * Something that somebody did, or tried.
 *
 * @param actor user name as given, also when it was wrong
 * @param action stable word such as {@code login} or {@code key.revoke}
 * @param target what it was done to, "" when nothing
 * @param outcome {@code ok} or why not
 * @param address where from
 */
public record AuditEntry(
        Instant at, String actor, String action, String target, String outcome, String address, String requestId) {}
