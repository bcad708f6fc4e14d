@NullMarked
package io.taskhub.task.artifact;

import org.jspecify.annotations.NullMarked;
