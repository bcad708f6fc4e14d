/** The TaskHub dialect: tasks and logs ({@code taskhub.md} Tasks, Logs; decisions §1, §3). */
@NullMarked
package io.taskhub.task.api.taskhub;

import org.jspecify.annotations.NullMarked;
