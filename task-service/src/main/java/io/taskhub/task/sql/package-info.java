/** Plain JDBC, made short. */
@NullMarked
package io.taskhub.task.sql;

import org.jspecify.annotations.NullMarked;
