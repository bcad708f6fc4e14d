/** Turns configuration into the plain objects of the domain. */
@NullMarked
package io.taskhub.gateway.wiring;

import org.jspecify.annotations.NullMarked;
