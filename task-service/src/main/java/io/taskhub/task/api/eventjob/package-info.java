/**
 * The event job dialect ({@code event-job.md}; decisions §1, §5), through two doors: {@code /api/event-job} and, for every path of it,
 * {@code /api/jobs}.
 */
@NullMarked
package io.taskhub.task.api.eventjob;

import org.jspecify.annotations.NullMarked;
