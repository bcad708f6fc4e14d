package io.taskhub.contracts.identity;

import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/**
 * Makes tokens that {@link TokenVerifier} accepts when it knows the public half of the key under {@code kid}.
 *
 * @param kid the key's id in the JWKS
 * @param key RSA, 2048 bits or more
 */
public record TokenSigner(String kid, PrivateKey key) {

    /** A token for {@code subject}, valid from now on for {@code ttl}. About 1 ms. */
    public String sign(String subject, Collection<String> roles, Duration ttl) {
        return sign(subject, roles, Instant.now(), ttl);
    }

    /** A token that counts its life from {@code issuedAt}. */
    public String sign(String subject, Collection<String> roles, Instant issuedAt, Duration ttl) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(TokenVerifier.ISSUER);
        claims.setSubject(subject);
        claims.setStringClaim("upn", subject);
        claims.setStringListClaim("groups", List.copyOf(roles));
        claims.setIssuedAt(NumericDate.fromMilliseconds(issuedAt.toEpochMilli()));
        claims.setExpirationTime(NumericDate.fromMilliseconds(issuedAt.plus(ttl).toEpochMilli()));
        claims.setJwtId(UUID.randomUUID().toString());
        JsonWebSignature jws = new JsonWebSignature();
        jws.setPayload(claims.toJson());
        jws.setKey(key);
        jws.setKeyIdHeaderValue(kid);
        jws.setHeader("typ", "JWT");
        jws.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        try {
            return jws.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("cannot sign with key " + kid, e);
        }
    }
}
