@NullMarked
package io.taskhub.worker.artifact;

import org.jspecify.annotations.NullMarked;
