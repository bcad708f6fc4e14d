/** Who did what to users, keys and sessions, written off the request path. */
@NullMarked
package io.taskhub.gateway.audit;

import org.jspecify.annotations.NullMarked;
