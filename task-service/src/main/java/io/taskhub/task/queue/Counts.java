package io.taskhub.task.queue;

import io.taskhub.contracts.TaskState;
import io.taskhub.task.sql.Binder;
import io.taskhub.task.sql.Codes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many ended tasks come and go with a transaction: one added row per queue and state, never an update of a hot one. */
final class Counts {
    /** The pseudo state that counts tasks which were deleted. */
    static final int GONE = 7;

    private static final String ADD =
            "INSERT INTO queue_count (queue, state, n) SELECT * FROM unnest(?::text[], ?::int[], ?::bigint[])";

    private final Map<Key, Long> deltas = new HashMap<>();

    private record Key(String queue, int state) {}

    /** A task of the queue ended so ({@code n} 1) or does not stand there any more (−1). */
    void add(String queue, TaskState state, int n) {
        add(queue, Codes.of(state), n);
    }

    void add(String queue, int state, int n) {
        deltas.merge(new Key(queue, state), (long) n, Long::sum);
    }

    void saveInTransaction(Connection connection) throws SQLException {
        if (deltas.isEmpty()) {
            return;
        }
        List<Map.Entry<Key, Long>> rows = new ArrayList<>(deltas.entrySet());
        try (Binder insert = Binder.prepare(connection, ADD)) {
            insert.texts(rows, r -> r.getKey().queue())
                    .integers(rows, r -> r.getKey().state())
                    .numbers(rows, Map.Entry::getValue)
                    .statement()
                    .executeUpdate();
        }
    }
}
