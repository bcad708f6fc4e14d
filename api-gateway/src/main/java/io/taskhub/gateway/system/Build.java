package io.taskhub.gateway.system;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** What was built, when, from which commit: {@code build.properties}, filled in by the build. */
@ApplicationScoped
public class Build {
    private final Properties values = new Properties();

    public Build() {
        try (InputStream in = Build.class.getResourceAsStream("/build.properties")) {
            if (in != null) {
                values.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String version() {
        return values.getProperty("version", "0.1.0");
    }

    public String time() {
        return values.getProperty("time", "unknown");
    }

    public String commit() {
        return values.getProperty("commit", "dev-local");
    }
}
