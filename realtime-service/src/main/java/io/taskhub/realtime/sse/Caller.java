package io.taskhub.realtime.sse;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.ext.web.RoutingContext;

/** What a request may do, as the token that the gateway gave it says. */
public enum Caller {
    NOBODY,
    /** Known, without the role. */
    FORBIDDEN,
    ADMITTED;

    public static Caller of(RoutingContext call, String role) {
        if (!(call.user() instanceof QuarkusHttpUser user)
                || user.getSecurityIdentity().isAnonymous()) {
            return NOBODY;
        }
        SecurityIdentity identity = user.getSecurityIdentity();
        return identity.hasRole(role) ? ADMITTED : FORBIDDEN;
    }
}
