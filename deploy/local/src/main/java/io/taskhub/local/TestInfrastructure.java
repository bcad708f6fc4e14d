package io.taskhub.local;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.lang.reflect.InvocationTargetException;
import java.util.HashMap;
import java.util.Map;

/**
 * Real PostgreSQL and real Kafka for a service's tests: {@code @WithTestResource(value = TestInfrastructure.class, scope = GLOBAL)}.
 *
 * <p>There is one of each per test JVM, started when first wanted and stopped at its end. Arguments:
 *
 * <ul>
 *   <li>{@code schema}: role and schema to create, for example {@code task}; without it there is no database;
 *   <li>{@code kafka}: {@code false} when the service needs no broker;
 *   <li>{@code service}: whose key signs service tokens, by default {@code <schema>-service} ({@code api-gateway} for {@code gateway});
 *   <li>{@code services}: comma list of the suite's services to run beside it, as processes from their packaged jars, on the same
 *       servers, for example {@code task-service,worker-service}. They accept this service's tokens and it accepts theirs. Where they
 *       listen is told by the settings of the service itself ({@code taskhub.dag.task-service-urls}) when it calls them, and always by
 *       {@code taskhub.test.<name>.url}. Each is started once per test JVM, ready before the first test; logs are in {@code
 *       target/test-services}.
 * </ul>
 *
 * {@code -Dtaskhub.test.infra=containers|embedded} chooses where they come from.
 */
public final class TestInfrastructure implements QuarkusTestResourceLifecycleManager {
    private Map<String, String> arguments = Map.of();

    @Override
    public void init(Map<String, String> initArgs) {
        arguments = Map.copyOf(initArgs);
    }

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>();
        shared("start", arguments).forEach((key, value) -> settings.put(String.valueOf(key), String.valueOf(value)));
        return settings;
    }

    /** Stays running for the next test class; the end of the JVM stops it. */
    @Override
    public void stop() {}

    /** For fault tests: the server is gone until {@link #startPostgres()}, its data and port stay. */
    public static void stopPostgres() {
        shared("stopPostgres", Map.of());
    }

    public static void startPostgres() {
        shared("startPostgres", Map.of());
    }

    /** For fault tests: the broker is gone until {@link #startKafka()}, its data and port stay. */
    public static void stopKafka() {
        shared("stopKafka", Map.of());
    }

    public static void startKafka() {
        shared("startKafka", Map.of());
    }

    /** For fault tests: {@code kill -9} of one of the {@code services}. It is started again after a second; {@link #startService} waits. */
    public static void killService(String name) {
        shared("killService", Map.of("service", name));
    }

    /** For fault tests: one of the {@code services} is gone until {@link #startService}; its port stays. */
    public static void stopService(String name) {
        shared("stopService", Map.of("service", name));
    }

    /** Answers when it is ready. */
    public static void startService(String name) {
        shared("startService", Map.of("service", name));
    }

    /**
     * Quarkus loads test classes anew for every test profile, each time in a loader that it closes afterwards. What must live as long as
     * the JVM is therefore called in the system class loader.
     */
    private static Map<?, ?> shared(String verb, Map<String, String> arguments) {
        ClassLoader system = ClassLoader.getSystemClassLoader();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(system);
        try {
            Class<?> type = Class.forName("io.taskhub.local.SharedInfrastructure", true, system);
            Object answer = type.getMethod(verb, Map.class).invoke(null, arguments);
            return (Map<?, ?>) answer;
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("test infrastructure: " + verb + " failed", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("test infrastructure: " + verb, e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
