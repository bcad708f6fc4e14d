package io.taskhub.gateway.identity;

import io.taskhub.gateway.routing.Access;
import java.time.Instant;

/**
 * Who stands behind an API key or a session.
 *
 * @param name user name, or {@code key:<name>}
 * @param access the highest role
 * @param until when the key or session ends
 */
record Subject(String name, Access access, Instant until) {}
