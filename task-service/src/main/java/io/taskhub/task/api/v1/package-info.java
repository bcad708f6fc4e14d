/**
 * The Tasks v1 dialect ({@code tasks-v1.md}, decisions §4): tasks, their progress as stored, queues. Its two event streams are
 * served by realtime-service.
 */
@NullMarked
package io.taskhub.task.api.v1;

import org.jspecify.annotations.NullMarked;
