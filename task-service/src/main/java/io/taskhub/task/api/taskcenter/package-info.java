/**
 * The Task Center dialect ({@code task-center.md}): a prompt becomes a plan and a task that an agent runs; what the agent reported is
 * folded into one object. Tasks of other dialects are seen through it too (decisions §1).
 */
@NullMarked
package io.taskhub.task.api.taskcenter;

import org.jspecify.annotations.NullMarked;
