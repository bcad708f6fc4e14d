package io.taskhub.task.sql;

import java.sql.SQLException;

/** The database did not do it; the cause says why. */
public final class DatabaseException extends RuntimeException {
    private final String sqlState;

    public DatabaseException(SQLException cause) {
        super(cause.getMessage(), cause);
        this.sqlState = cause.getSQLState() == null ? "" : cause.getSQLState();
    }

    /** The data itself is at fault: another try with the same data fails again. */
    public boolean blamesTheData() {
        return sqlState.startsWith("22") || sqlState.startsWith("23") || sqlState.startsWith("54");
    }

    /** Somebody else was in the way: another try may well succeed. */
    public boolean isCollision() {
        return sqlState.startsWith("40");
    }
}
