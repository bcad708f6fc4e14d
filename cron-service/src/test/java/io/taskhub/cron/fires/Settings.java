package io.taskhub.cron.fires;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.taskhub.cron.CronConfig;
import java.util.HashMap;
import java.util.Map;

/** The service's settings with some of them changed. */
final class Settings {
    private static final int ORDINAL = 100;

    private Settings() {}

    /** @param changed by the names that they have under {@code taskhub.cron} */
    static CronConfig of(Map<String, String> changed) {
        Map<String, String> properties = new HashMap<>();
        changed.forEach((name, value) -> properties.put("taskhub.cron." + name, value));
        return new SmallRyeConfigBuilder()
                .withMapping(CronConfig.class)
                .withSources(new PropertiesConfigSource(properties, "test", ORDINAL))
                .withConverter(
                        java.time.Duration.class, ORDINAL, new io.quarkus.runtime.configuration.DurationConverter())
                .build()
                .getConfigMapping(CronConfig.class);
    }
}
