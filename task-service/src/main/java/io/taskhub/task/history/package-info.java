/**
 * What has happened: events (history and outbox at once), logs, and how long both are kept.
 */
@NullMarked
package io.taskhub.task.history;

import org.jspecify.annotations.NullMarked;
