package io.taskhub.contracts.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.List;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;

/**
 * One service's key pair and its two files: the private half as PEM for the service itself, the public halves of all services as
 * one JWKS for everybody.
 *
 * @param service the service's name, as in {@code quarkus.application.name}
 */
public record ServiceKey(String service, RSAPrivateCrtKey key) {
    private static final int BITS = 2048;

    /** A new RSA-2048 key. */
    public static ServiceKey generate(String service) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            return new ServiceKey(
                    service, (RSAPrivateCrtKey) generator.generateKeyPair().getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no RSA", e);
        }
    }

    /** Reads a PKCS#8 PEM file. */
    public static ServiceKey read(String service, Path pem) throws IOException {
        String body = Files.readString(pem).replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        try {
            PrivateKey key = KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body)));
            return new ServiceKey(service, (RSAPrivateCrtKey) key);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(pem + " is not an RSA private key in PKCS#8 PEM form", e);
        }
    }

    /** Writes the private half. The caller chooses a place that only the service can read. */
    public void writePem(Path file) throws IOException {
        Base64.Encoder lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
        Files.writeString(
                file,
                "-----BEGIN PRIVATE KEY-----\n" + lines.encodeToString(key.getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
    }

    /** The public halves of these keys as a JWKS. */
    public static String jwks(List<ServiceKey> keys) {
        JsonWebKeySet set = new JsonWebKeySet();
        keys.forEach(key -> set.addJsonWebKey(key.publicJwk()));
        return set.toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
    }

    /** The id of this key in the JWKS and in tokens. */
    public String kid() {
        return ServiceToken.KID_PREFIX + service;
    }

    public TokenSigner signer() {
        return new TokenSigner(kid(), key);
    }

    PublicKey publicKey() {
        try {
            return KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no RSA", e);
        }
    }

    private RsaJsonWebKey publicJwk() {
        RsaJsonWebKey jwk = new RsaJsonWebKey((java.security.interfaces.RSAPublicKey) publicKey());
        jwk.setKeyId(kid());
        jwk.setUse("sig");
        jwk.setAlgorithm(AlgorithmIdentifiers.RSA_USING_SHA256);
        return jwk;
    }
}
