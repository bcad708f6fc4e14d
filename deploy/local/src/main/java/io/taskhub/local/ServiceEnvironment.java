package io.taskhub.local;

import java.util.HashMap;
import java.util.Map;

/** What each service is told through its environment; the names are those that every deployment uses. */
record ServiceEnvironment(
        Topology topology, DataDirectory data, ServiceKeys keys, EmbeddedPostgres postgres, Map<String, String> extra) {

    Map<String, String> of(Topology.Instance instance) {
        Map<String, String> environment = new HashMap<>();
        environment.put("QUARKUS_HTTP_HOST", instance.host());
        environment.put("QUARKUS_HTTP_PORT", String.valueOf(instance.port()));
        environment.put(
                "KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + topology.ports().kafka());
        environment.put(
                "TASKHUB_IDENTITY_SERVICE_KEY_FILE",
                keys.privateKey(instance.type().name()).toString());
        environment.put("TASKHUB_IDENTITY_SERVICE_JWKS_FILE", keys.jwks().toString());
        environment.put(
                "TASKHUB_IDENTITY_JWKS_URL",
                "http://127.0.0.1:" + topology.ports().gateway() + "/.well-known/jwks.json");
        database(instance, environment);
        neighbours(instance, environment);
        environment.putAll(extra);
        return environment;
    }

    private void database(Topology.Instance instance, Map<String, String> environment) {
        String schema = instance.type().schema();
        if (schema != null) {
            environment.put("QUARKUS_DATASOURCE_JDBC_URL", postgres.jdbcUrl(Databases.NAME, schema));
            environment.put("QUARKUS_DATASOURCE_USERNAME", schema);
            environment.put("QUARKUS_DATASOURCE_PASSWORD", data.secret(schema));
        }
    }

    private void neighbours(Topology.Instance instance, Map<String, String> environment) {
        String tasks = topology.urls(ServiceType.TASK);
        switch (instance.type().name()) {
            case "worker-service" -> {
                environment.put("TASKHUB_WORKER_TASK_SERVICE_URLS", tasks);
                environment.put("TASKHUB_WORKER_NAME", instance.name());
            }
            case "realtime-service" -> environment.put("TASKHUB_REALTIME_TASK_SERVICE_URLS", tasks);
            case "api-gateway" -> {
                environment.put("TASKHUB_GATEWAY_UPSTREAMS_TASK_SERVICE", tasks);
                environment.put("TASKHUB_GATEWAY_UPSTREAMS_WORKER_SERVICE", topology.urls(ServiceType.WORKER));
                environment.put("TASKHUB_GATEWAY_UPSTREAMS_REALTIME_SERVICE", topology.urls(ServiceType.REALTIME));
                environment.put(
                        "TASKHUB_GATEWAY_WS_PORT",
                        String.valueOf(topology.ports().webSocket()));
                environment.put("TASKHUB_GATEWAY_SEED_ADMIN", "true");
                environment.put("TASKHUB_GATEWAY_KEY_ENCRYPTION_SECRET", data.secret("signing-keys"));
            }
            default -> {} // calls nobody
        }
    }
}
