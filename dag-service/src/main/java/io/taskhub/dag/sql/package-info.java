/** Plain JDBC, made short, and the guard of the service's clock. */
@NullMarked
package io.taskhub.dag.sql;

import org.jspecify.annotations.NullMarked;
