@NullMarked
package io.taskhub.task.api.internal;

import org.jspecify.annotations.NullMarked;
