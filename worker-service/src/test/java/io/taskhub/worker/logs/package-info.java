@NullMarked
package io.taskhub.worker.logs;

import org.jspecify.annotations.NullMarked;
