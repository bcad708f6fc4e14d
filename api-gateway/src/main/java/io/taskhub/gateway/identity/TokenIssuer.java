package io.taskhub.gateway.identity;

import io.taskhub.gateway.GatewayConfig;
import io.taskhub.gateway.routing.Access;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Makes the gateway's tokens. */
@ApplicationScoped
public class TokenIssuer {
    /** Longest life of a token that stands for an API key or a session on the way to a service. */
    static final Duration EXCHANGED_LIFE = Duration.ofMinutes(5);

    private final SigningKeys keys;
    private final Duration loginLife;

    public TokenIssuer(SigningKeys keys, GatewayConfig config) {
        this.keys = keys;
        this.loginLife = config.tokenLife();
    }

    /** Life of {@link #login} tokens. */
    public Duration loginLife() {
        return loginLife;
    }

    /** The token that a login answers with. */
    public String login(Users.Profile user) {
        return keys.signer().sign(user.name(), user.role().nested(), loginLife);
    }

    /** A short token for one who came without a JWT; it does not outlive what he came with, but for part of a second: life is rounded up to whole ones. */
    String exchanged(String name, Access access, Duration life) {
        return keys.signer()
                .sign(
                        name,
                        access.nested(),
                        Duration.ofSeconds(life.plusMillis(999).toSeconds()));
    }
}
