/**
 * Who calls: tokens of the gateway for people and programs, tokens of a service for its peers.
 *
 * <pre>
 *   Authorization: Bearer … ─▶ CachedTokenIdentityProvider ─▶ TokenVerifier ─▶ KeyDirectory
 *                                                                               ├─ kid "svc-…"  the deployment's JWKS file
 *                                                                               └─ any other    the gateway's JWKS (HTTP)
 * </pre>
 *
 * A service starts and serves while the gateway is down: keys are fetched when the first token needs them, and again when
 * an unknown key id turns up.
 */
@NullMarked
package io.taskhub.contracts.identity;

import org.jspecify.annotations.NullMarked;
