package io.taskhub.local;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What each service is told through its environment; the names are those that every deployment uses. */
record ServiceEnvironment(Topology topology, ServiceKeys keys, Servers servers, Map<String, String> extra) {
    /**
     * What they share.
     *
     * @param kafka bootstrap servers
     * @param jdbcUrl of a schema
     * @param secret by name: a schema's password, {@code signing-keys}
     * @param artifacts directory of the files that tasks leave
     */
    record Servers(String kafka, UnaryOperator<String> jdbcUrl, UnaryOperator<String> secret, Path artifacts) {}

    Map<String, String> of(Topology.Instance instance) {
        Map<String, String> environment = new HashMap<>();
        environment.put("QUARKUS_HTTP_HOST", instance.host());
        environment.put("QUARKUS_HTTP_PORT", String.valueOf(instance.port()));
        environment.put("KAFKA_BOOTSTRAP_SERVERS", servers.kafka());
        environment.put(
                "TASKHUB_IDENTITY_SERVICE_KEY_FILE",
                keys.privateKey(instance.type().name()).toString());
        environment.put("TASKHUB_IDENTITY_SERVICE_JWKS_FILE", keys.jwks().toString());
        environment.put(
                "TASKHUB_IDENTITY_JWKS_URL",
                "http://127.0.0.1:" + topology.ports().gateway() + "/.well-known/jwks.json");
        database(instance, environment);
        for (String peer : instance.type().peers()) {
            environment.put(
                    ServiceType.variable(instance.type().urlsSetting(peer)), topology.urls(ServiceType.named(peer)));
        }
        own(instance, environment);
        environment.putAll(extra);
        return environment;
    }

    private void database(Topology.Instance instance, Map<String, String> environment) {
        String schema = instance.type().schema();
        if (schema != null) {
            environment.put("QUARKUS_DATASOURCE_JDBC_URL", servers.jdbcUrl().apply(schema));
            environment.put("QUARKUS_DATASOURCE_USERNAME", schema);
            environment.put("QUARKUS_DATASOURCE_PASSWORD", servers.secret().apply(schema));
        }
    }

    /** What one service alone needs. */
    private void own(Topology.Instance instance, Map<String, String> environment) {
        if (instance.type().equals(ServiceType.TASK)) {
            environment.put("TASKHUB_ARTIFACTS_DIR", servers.artifacts().toString());
        }
        if (instance.type().equals(ServiceType.WORKER)) {
            environment.put("TASKHUB_WORKER_NAME", instance.name());
        }
        if (instance.type().equals(ServiceType.GATEWAY)) {
            environment.put(
                    "TASKHUB_GATEWAY_WS_PORT", String.valueOf(topology.ports().webSocket()));
            environment.put("TASKHUB_GATEWAY_SEED_ADMIN", "true");
            environment.put(
                    "TASKHUB_GATEWAY_KEY_ENCRYPTION_SECRET", servers.secret().apply("signing-keys"));
        }
    }
}
