/** Files that runs leave, on their way to task-service. */
@NullMarked
package io.taskhub.worker.artifact;

import org.jspecify.annotations.NullMarked;
