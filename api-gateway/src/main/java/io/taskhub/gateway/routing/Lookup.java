package io.taskhub.gateway.routing;

import io.taskhub.gateway.dialect.Dialect;
import java.util.SortedSet;

/** What the table says about a method and a path. */
public sealed interface Lookup {

    /** A row for both. */
    record Found(Route route) implements Lookup {}

    /** Rows for the path, none for the method; {@code allow} lists the methods that would do. */
    record WrongMethod(Dialect dialect, SortedSet<String> allow) implements Lookup {}

    /** No row for the path; the dialect is that of the longest known prefix. */
    record Unknown(Dialect dialect) implements Lookup {}
}
