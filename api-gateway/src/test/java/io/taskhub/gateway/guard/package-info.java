@NullMarked
package io.taskhub.gateway.guard;

import org.jspecify.annotations.NullMarked;
