@NullMarked
package io.taskhub.worker.api;

import org.jspecify.annotations.NullMarked;
