@NullMarked
package io.taskhub.worker.executor;

import org.jspecify.annotations.NullMarked;
