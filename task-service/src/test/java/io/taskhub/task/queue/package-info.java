@NullMarked
package io.taskhub.task.queue;

import org.jspecify.annotations.NullMarked;
