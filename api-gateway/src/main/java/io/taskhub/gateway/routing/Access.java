package io.taskhub.gateway.routing;

import io.taskhub.contracts.Roles;
import java.util.Locale;
import java.util.Set;

/** Who may use a route (decisions §2). */
public enum Access {
    /** Everybody; credentials are not looked at. */
    PUBLIC,
    VIEWER,
    OPERATOR,
    WORKER,
    ADMIN;

    private final String role = name().toLowerCase(Locale.ROOT);

    /** Whether somebody with these roles may pass. Tokens list nested roles, so there is nothing to expand here. */
    public boolean admits(Set<String> roles) {
        return this == PUBLIC || roles.contains(role);
    }

    /** All roles of somebody whose highest one is this. */
    public Set<String> nested() {
        return switch (this) {
            case PUBLIC -> Set.of();
            case VIEWER -> Set.of(Roles.VIEWER);
            case WORKER -> Set.of(Roles.WORKER);
            case OPERATOR -> Set.of(Roles.OPERATOR, Roles.VIEWER);
            case ADMIN -> Set.of(Roles.ADMIN, Roles.OPERATOR, Roles.VIEWER, Roles.WORKER);
        };
    }

    public String role() {
        return role;
    }
}
