/** What the other services of the suite ask for. Never routed by the gateway; needs the role {@code service}. */
@NullMarked
package io.taskhub.dag.api.internal;

import org.jspecify.annotations.NullMarked;
