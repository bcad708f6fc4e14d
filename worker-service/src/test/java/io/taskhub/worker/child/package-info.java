@NullMarked
package io.taskhub.worker.child;

import org.jspecify.annotations.NullMarked;
