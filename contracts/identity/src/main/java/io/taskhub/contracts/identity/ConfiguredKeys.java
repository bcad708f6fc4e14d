package io.taskhub.contracts.identity;

import java.security.PublicKey;
import org.jspecify.annotations.Nullable;

/** The gateway's keys and the services' keys. The key id's prefix decides which, so neither can pose as the other. */
final class ConfiguredKeys implements KeyDirectory {
    private final KeyDirectory gateway;
    private final @Nullable KeyDirectory services;

    ConfiguredKeys(KeyDirectory gateway, @Nullable KeyDirectory services) {
        this.gateway = gateway;
        this.services = services;
    }

    @Override
    public @Nullable PublicKey find(String kid) {
        if (!kid.startsWith(ServiceToken.KID_PREFIX)) {
            return gateway.find(kid);
        }
        return services == null ? null : services.find(kid);
    }
}
