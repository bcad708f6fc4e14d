package io.taskhub.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.taskhub.e2e.client.FollowedStream;
import io.taskhub.e2e.client.V1Tasks;
import io.taskhub.e2e.client.Waiting;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.StreamSupport;

/** What must be true after something broke. */
final class Faults {
    static final int AFTER_THE_CONTRACTS = Integer.MAX_VALUE - 100;
    static final int LAST = Integer.MAX_VALUE;

    private Faults() {}

    static void assertEachCompletedOnce(Journal journal, Collection<String> ids) {
        List<String> wrong = ids.stream()
                .filter(id ->
                        journal.count("finished", id) != 1 || !journal.endOf(id).equals("completed"))
                .map(id -> id + " finished " + journal.count("finished", id) + " times, " + journal.endOf(id))
                .toList();
        assertThat(wrong).isEmpty();
    }

    /** No number of a task's history is missing: what was committed was published. */
    static void assertHistoriesWhole(Journal journal, Collection<String> ids) {
        List<String> gaps = ids.stream()
                .filter(id -> {
                    List<Integer> numbers = journal.sequence(id);
                    return numbers.isEmpty() || numbers.getFirst() != 1 || numbers.getLast() != numbers.size();
                })
                .map(id -> id + " " + journal.sequence(id))
                .toList();
        assertThat(gaps).isEmpty();
    }

    /** The stream has shown every stored entry once, in order, and ended. */
    static void assertCaughtUp(FollowedStream stream, V1Tasks tasks, String id) {
        Waiting.await(Duration.ofSeconds(60)).until(stream::isDone);
        List<String> stored = StreamSupport.stream(
                        tasks.history(id).path("history").spliterator(), false)
                .map((JsonNode entry) -> entry.path("stream_id").asText())
                .toList();
        assertThat(stream.entryIds())
                .as("stream over " + stream.connections() + " connections")
                .isEqualTo(stored);
    }
}
