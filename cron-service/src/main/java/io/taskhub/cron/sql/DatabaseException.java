package io.taskhub.cron.sql;

import java.sql.SQLException;

/** The database did not do it; the cause says why. */
public final class DatabaseException extends RuntimeException {
    public DatabaseException(SQLException cause) {
        super(cause.getMessage(), cause);
    }
}
