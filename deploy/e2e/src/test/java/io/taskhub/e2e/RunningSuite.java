package io.taskhub.e2e;

import io.taskhub.local.Suite;
import io.taskhub.local.SuiteOptions;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Starts one suite for all classes of this JVM, with two of everything that can be replicated, and stops it after the last
 * of them. Its logs stay in {@code target/suite} until the next run.
 */
final class RunningSuite implements ParameterResolver {
    private static final Path DATA = Path.of("target", "suite").toAbsolutePath();

    /** Closed by JUnit with the root context. */
    private record Running(Hub hub) implements AutoCloseable {
        static Running start() {
            OutsideWorld world = OutsideWorld.open();
            SuiteOptions options = SuiteOptions.forTests(DATA)
                    .withFresh(true)
                    .withReplicas("task-service", 2)
                    .withReplicas("worker-service", 2)
                    .withReplicas("dag-service", 2)
                    .withReplicas("cron-service", 2)
                    .withReplicas("realtime-service", 2)
                    // CronClusterTest moves it by hand
                    .withEnvironment("TASKHUB_CRON_TEST_CLOCK", "true")
                    .withScreen(System.out::println);
            for (Map.Entry<String, String> setting : world.settings().entrySet()) {
                options = options.withEnvironment(setting.getKey(), setting.getValue());
            }
            return new Running(Hub.of(Suite.start(options), world));
        }

        @Override
        public void close() {
            hub.suite().stop();
            hub.world().close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Hub.class;
    }

    @Override
    public Hub resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(RunningSuite.class))
                .getOrComputeIfAbsent(Running.class, key -> Running.start(), Running.class)
                .hub();
    }
}
