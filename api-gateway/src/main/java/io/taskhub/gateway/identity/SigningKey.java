package io.taskhub.gateway.identity;

import io.taskhub.contracts.identity.TokenSigner;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A key that signs, or signed, the gateway's tokens.
 *
 * @param verifiesUntil null while it signs
 */
record SigningKey(
        String kid,
        RSAPublicKey publicKey,
        PrivateKey privateKey,
        Instant createdAt,
        @Nullable Instant verifiesUntil) {
    private static final int BITS = 2048;

    static SigningKey generate(Instant now) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            KeyPair pair = generator.generateKeyPair();
            String kid = "gw-" + UUID.randomUUID();
            return new SigningKey(kid, (RSAPublicKey) pair.getPublic(), pair.getPrivate(), now, null);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no RSA", e);
        }
    }

    static SigningKey decode(
            String kid, byte[] publicKey, byte[] privateKey, Instant createdAt, @Nullable Instant verifiesUntil) {
        try {
            KeyFactory rsa = KeyFactory.getInstance("RSA");
            return new SigningKey(
                    kid,
                    (RSAPublicKey) rsa.generatePublic(new X509EncodedKeySpec(publicKey)),
                    rsa.generatePrivate(new PKCS8EncodedKeySpec(privateKey)),
                    createdAt,
                    verifiesUntil);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("signing key " + kid + " is damaged", e);
        }
    }

    boolean verifies(Instant now) {
        return verifiesUntil == null || now.isBefore(verifiesUntil);
    }

    TokenSigner signer() {
        return new TokenSigner(kid, privateKey);
    }
}
