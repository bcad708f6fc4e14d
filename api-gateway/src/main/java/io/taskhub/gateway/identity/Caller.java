package io.taskhub.gateway.identity;

import java.util.Set;

/**
 * Who sent a request, as the gateway knows it.
 *
 * @param name user name, or {@code key:<name>} for an API key
 * @param roles every role, nested ones spelled out
 * @param token the JWT that goes to the service
 */
public record Caller(String name, Set<String> roles, String token) {}
