/** The Task Center dialect ({@code task-center.md}), so far as tasks of other dialects are seen through it (decisions §1). */
@NullMarked
package io.taskhub.task.api.taskcenter;

import org.jspecify.annotations.NullMarked;
