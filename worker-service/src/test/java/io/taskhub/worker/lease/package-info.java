@NullMarked
package io.taskhub.worker.lease;

import org.jspecify.annotations.NullMarked;
