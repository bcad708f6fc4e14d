@NullMarked
package io.taskhub.gateway.routing;

import org.jspecify.annotations.NullMarked;
