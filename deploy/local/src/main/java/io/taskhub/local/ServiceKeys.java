package io.taskhub.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * The keys that services sign their own tokens with: one RSA-2048 private key per service ({@code <name>.pem}, PKCS#8) and one JWKS file
 * with all public keys ({@code services.jwks}, key id {@code svc-<name>}).
 *
 * @param directory where the files are, all 0600
 */
public record ServiceKeys(Path directory) {
    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

    /** Makes what is missing and keeps what exists; the JWKS file always lists exactly the keys found. */
    public static ServiceKeys create(Path directory, String... names) {
        Directories.createPrivate(directory);
        ServiceKeys keys = new ServiceKeys(directory);
        try {
            for (String name : names) {
                if (!Files.exists(keys.privateKey(name))) {
                    PrivateFiles.write(keys.privateKey(name), pem(newKey()));
                }
            }
            PrivateFiles.write(keys.jwks(), keys.publicKeys());
            return keys;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot make the service keys", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the service keys", e);
        }
    }

    public Path privateKey(String service) {
        return directory.resolve(service + ".pem");
    }

    public Path jwks() {
        return directory.resolve("services.jwks");
    }

    private static byte[] newKey() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair().getPrivate().getEncoded();
    }

    private static String pem(byte[] key) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key);
        return "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n";
    }

    private String publicKeys() throws IOException, GeneralSecurityException {
        List<Path> files;
        try (var listing = Files.list(directory)) {
            files = listing.filter(f -> f.getFileName().toString().endsWith(".pem"))
                    .sorted()
                    .toList();
        }
        List<String> keys = new ArrayList<>();
        for (Path file : files) {
            String service = file.getFileName().toString().replaceFirst("\\.pem$", "");
            keys.add(jwk(service, read(file)));
        }
        return "{\"keys\":[" + String.join(",", keys) + "]}\n";
    }

    private static RSAPrivateCrtKey read(Path file) throws IOException, GeneralSecurityException {
        String body = Files.readString(file).replaceAll("-----[A-Z ]+-----|\\s", "");
        byte[] encoded = Base64.getDecoder().decode(body.getBytes(StandardCharsets.US_ASCII));
        return (RSAPrivateCrtKey) KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(encoded));
    }

    private static String jwk(String service, RSAPrivateCrtKey key) {
        return "{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\"svc-%s\",\"n\":\"%s\",\"e\":\"%s\"}"
                .formatted(service, number(key.getModulus()), number(key.getPublicExponent()));
    }

    private static String number(BigInteger value) {
        byte[] bytes = value.toByteArray();
        return URL.encodeToString(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }
}
