/** Where requests come in: the order of the checks, and the two listeners. */
@NullMarked
package io.taskhub.gateway.front;

import org.jspecify.annotations.NullMarked;
