package io.taskhub.gateway.api;

import io.taskhub.gateway.dialect.Refusal.Reason;
import io.taskhub.gateway.routing.Access;
import org.jspecify.annotations.Nullable;

/** The roles as clients write them. */
final class RoleWord {
    private RoleWord() {}

    /** The role of this name; null for null. */
    static @Nullable Access access(@Nullable String word) {
        if (word == null) {
            return null;
        }
        return switch (word) {
            case "admin" -> Access.ADMIN;
            case "operator" -> Access.OPERATOR;
            case "worker" -> Access.WORKER;
            case "viewer" -> Access.VIEWER;
            default -> throw new RefusedException(Reason.BAD_REQUEST, "role is one of admin, operator, worker, viewer");
        };
    }
}
