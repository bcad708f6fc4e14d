@NullMarked
package io.taskhub.task.jobs;

import org.jspecify.annotations.NullMarked;
