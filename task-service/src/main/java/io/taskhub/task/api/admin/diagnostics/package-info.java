/**
 * What became of the work that a task was made for, told from its payload, its result and what its worker said on the way. Pure: the
 * same task and events give the same words.
 */
@NullMarked
package io.taskhub.task.api.admin.diagnostics;

import org.jspecify.annotations.NullMarked;
