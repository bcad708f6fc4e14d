@NullMarked
package io.taskhub.task.history;

import org.jspecify.annotations.NullMarked;
