/** The jobs: their table, and what their owners do with them. */
@NullMarked
package io.taskhub.cron.jobs;

import org.jspecify.annotations.NullMarked;
