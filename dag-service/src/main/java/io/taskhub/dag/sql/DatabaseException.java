package io.taskhub.dag.sql;

import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The database did not do it; the cause says why. */
public final class DatabaseException extends RuntimeException {
    /** Connection lost or refused, out of resources, shut down. */
    private static final Set<String> AWAY = Set.of("08", "53", "57");

    private static final int CLASS = 2;

    private final String sqlState;

    public DatabaseException(SQLException cause) {
        super(cause.getMessage(), cause);
        this.sqlState = Objects.requireNonNullElse(cause.getSQLState(), "");
    }

    /** The data itself is at fault: another try with the same data fails again. */
    public boolean blamesTheData() {
        return sqlState.startsWith("22") || sqlState.startsWith("23") || sqlState.startsWith("54");
    }

    /** Somebody else was in the way: another try may well succeed. */
    public boolean isCollision() {
        return sqlState.startsWith("40");
    }

    /** Whether something failed because there is no database now, also when it was wrapped on its way. */
    public static boolean isAway(@Nullable Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof SQLException sql) {
                // the pool's own refusals have no state
                String state = sql.getSQLState();
                return state == null || state.length() < CLASS || AWAY.contains(state.substring(0, CLASS));
            }
        }
        return false;
    }
}
