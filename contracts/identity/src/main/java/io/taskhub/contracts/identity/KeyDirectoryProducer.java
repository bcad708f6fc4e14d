package io.taskhub.contracts.identity;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/** Makes the directory from the configuration; a service with keys of its own (the gateway) has another bean of the type instead. */
@Dependent
class KeyDirectoryProducer {
    private static final int TIMEOUT_MS = 1_000;
    private static final int MAX_BYTES = 256 * 1024;

    @Produces
    @DefaultBean
    @Singleton
    KeyDirectory configuredKeys(IdentityConfig config) {
        InstantSource clock = InstantSource.system();
        Path file = config.serviceJwksFile().orElse(null);
        return new ConfiguredKeys(
                new RefreshingKeys(() -> fetch(config.jwksUrl()), clock),
                file == null ? null : new RefreshingKeys(() -> Files.readString(file), clock));
    }

    private static String fetch(URI uri) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MS);
        connection.setReadTimeout(TIMEOUT_MS);
        connection.setInstanceFollowRedirects(false);
        try {
            if (connection.getResponseCode() != 200) {
                throw new IOException(uri + " answered " + connection.getResponseCode());
            }
            try (var in = connection.getInputStream()) {
                return new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
            }
        } finally {
            connection.disconnect();
        }
    }
}
