/** Keeps the database as large as retention says. */
@NullMarked
package io.taskhub.dag.retention;

import org.jspecify.annotations.NullMarked;
