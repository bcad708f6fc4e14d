package io.taskhub.cron.sql;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The database did not do it; the cause says why. */
public final class DatabaseException extends RuntimeException {
    /** Connection lost or refused, out of resources, shut down. */
    private static final Set<String> AWAY = Set.of("08", "53", "57");

    private static final int CLASS = 2;

    public DatabaseException(SQLException cause) {
        super(cause.getMessage(), cause);
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
