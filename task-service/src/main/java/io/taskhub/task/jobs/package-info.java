/**
 * Event jobs in batches, and the archives that they become (decisions §5). A batch is a name for its tasks: what became of it is
 * counted from them, never kept.
 */
@NullMarked
package io.taskhub.task.jobs;

import org.jspecify.annotations.NullMarked;
