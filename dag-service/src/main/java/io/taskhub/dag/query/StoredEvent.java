package io.taskhub.dag.query;

import org.jspecify.annotations.Nullable;

/**
 * Something that happened.
 *
 * @param id counts over all runs
 * @param seq counts within the run
 * @param logicalId null when it is about the run itself
 * @param extra a JSON object as text
 */
public record StoredEvent(
        long id, String run, int seq, @Nullable String logicalId, String event, long tsMs, String extra) {}
