/** Plain JDBC, made short. */
@NullMarked
package io.taskhub.cron.sql;

import org.jspecify.annotations.NullMarked;
