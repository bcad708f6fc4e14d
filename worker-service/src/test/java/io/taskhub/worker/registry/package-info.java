@NullMarked
package io.taskhub.worker.registry;

import org.jspecify.annotations.NullMarked;
