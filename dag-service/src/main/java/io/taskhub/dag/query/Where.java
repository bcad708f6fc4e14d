package io.taskhub.dag.query;

import io.taskhub.dag.sql.Columns;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Conditions for what was asked for and nothing else, so that the planner sees which index fits. */
final class Where {
    private final StringBuilder text = new StringBuilder("WHERE true");
    private final List<Object> values = new ArrayList<>();

    /** @param value null = not asked for */
    Where and(String condition, @Nullable Object value) {
        if (value != null) {
            text.append(" AND ").append(condition);
            values.add(value);
        }
        return this;
    }

    /** A condition of two values. */
    Where and(String condition, Object first, Object second) {
        values.add(first);
        return and(condition, second);
    }

    Where when(boolean wanted, String condition) {
        if (wanted) {
            text.append(" AND ").append(condition);
        }
        return this;
    }

    Columns bind(Columns columns) throws SQLException {
        for (Object value : values) {
            columns.set(value);
        }
        return columns;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
