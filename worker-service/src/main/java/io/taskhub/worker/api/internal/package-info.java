/** For the deployment and the other services; the gateway never routes here. */
@NullMarked
package io.taskhub.worker.api.internal;

import org.jspecify.annotations.NullMarked;
