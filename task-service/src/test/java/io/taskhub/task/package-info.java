@NullMarked
package io.taskhub.task;

import org.jspecify.annotations.NullMarked;
