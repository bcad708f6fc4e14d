/** The table that says which request goes to which service, and who may send it. */
@NullMarked
package io.taskhub.gateway.routing;

import org.jspecify.annotations.NullMarked;
