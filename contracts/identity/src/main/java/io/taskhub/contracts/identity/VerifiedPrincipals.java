package io.taskhub.contracts.identity;

import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;

/** SmallRye's way to a principal, so that every road through the library checks tokens by {@link TokenVerifier}. */
@ApplicationScoped
@Alternative
@Priority(1)
public class VerifiedPrincipals extends JWTCallerPrincipalFactory {
    private final TokenVerifier verifier;

    public VerifiedPrincipals(TokenVerifier verifier) {
        this.verifier = verifier;
    }

    @Override
    public JWTCallerPrincipal parse(String token, JWTAuthContextInfo context) throws ParseException {
        try {
            return (JWTCallerPrincipal) verifier.verify(token).token();
        } catch (TokenRefusedException e) {
            throw new ParseException("token refused", e);
        }
    }
}
