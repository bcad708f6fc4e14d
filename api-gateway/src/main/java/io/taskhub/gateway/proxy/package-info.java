/** The way of a request to a service and back: streamed, never collected, over the service's healthy replicas. */
@NullMarked
package io.taskhub.gateway.proxy;

import org.jspecify.annotations.NullMarked;
