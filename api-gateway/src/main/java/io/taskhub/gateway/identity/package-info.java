/**
 * Users, API keys, sessions and the keys that sign tokens.
 *
 * <pre>
 *   Bearer JWT ──────────────────────▶ TokenVerifier ───────────────▶ passed on as it is
 *   Bearer API key, X-Secretary-Api-Key ─▶ ApiKeys ─┐
 *   session cookie ────────────────────▶ Sessions ──┴▶ TokenExchange ─▶ a 5-minute JWT, kept for the next request
 * </pre>
 */
@NullMarked
package io.taskhub.gateway.identity;

import org.jspecify.annotations.NullMarked;
