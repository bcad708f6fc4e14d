package io.taskhub.contracts.identity;

import java.time.Instant;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * A token whose signature, issuer and times were checked.
 *
 * @param name the user's name, or the service's as {@code svc-<name>}
 * @param roles all roles of the caller, nested ones spelled out
 * @param expiresAt when it stops being valid
 * @param token the claims
 */
public record VerifiedToken(String name, Set<String> roles, Instant expiresAt, JsonWebToken token) {
    public boolean hasRole(String role) {
        return roles.contains(role);
    }
}
