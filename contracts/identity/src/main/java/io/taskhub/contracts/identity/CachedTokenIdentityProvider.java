package io.taskhub.contracts.identity;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.smallrye.jwt.runtime.auth.JsonWebTokenCredential;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Quarkus asks this before its own JWT validator: a token that we know is answered on the event loop, and only an unknown one, whose
 * key may have to be fetched, takes a worker thread.
 */
@ApplicationScoped
public class CachedTokenIdentityProvider implements IdentityProvider<TokenAuthenticationRequest> {
    private static final int BEFORE_THE_DEFAULT = 100;

    private final TokenVerifier verifier;

    public CachedTokenIdentityProvider(TokenVerifier verifier) {
        this.verifier = verifier;
    }

    @Override
    public Class<TokenAuthenticationRequest> getRequestType() {
        return TokenAuthenticationRequest.class;
    }

    @Override
    public int priority() {
        return BEFORE_THE_DEFAULT;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            TokenAuthenticationRequest request, AuthenticationRequestContext context) {
        if (!(request.getToken() instanceof JsonWebTokenCredential credential)) {
            return Uni.createFrom().nullItem();
        }
        VerifiedToken known = verifier.known(credential.getToken());
        return known == null
                ? context.runBlocking(() -> identity(credential, verify(credential.getToken())))
                : Uni.createFrom().item(identity(credential, known));
    }

    private VerifiedToken verify(String token) {
        try {
            return verifier.verify(token);
        } catch (TokenRefusedException e) {
            throw new AuthenticationFailedException(e);
        }
    }

    private static SecurityIdentity identity(JsonWebTokenCredential credential, VerifiedToken token) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(token.token())
                .addCredential(credential)
                .addRoles(token.roles())
                .build();
    }
}
