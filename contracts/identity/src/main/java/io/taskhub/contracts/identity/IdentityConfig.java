package io.taskhub.contracts.identity;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Where the keys are that a service trusts, and its own. */
@ConfigMapping(prefix = "taskhub.identity")
public interface IdentityConfig {

    /** The gateway's public keys. Fetched when the first token needs them, not at start. */
    @WithDefault("http://localhost:8080/.well-known/jwks.json")
    URI jwksUrl();

    /** Public keys of all services as a JWKS, {@code kid} = {@code svc-<name>}. Absent: no service token is accepted. */
    Optional<Path> serviceJwksFile();

    /** This service's own RSA private key, PKCS#8 as PEM. Absent: this service calls no other one. */
    Optional<Path> serviceKeyFile();
}
