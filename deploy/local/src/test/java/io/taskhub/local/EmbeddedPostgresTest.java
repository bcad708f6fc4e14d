package io.taskhub.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EmbeddedPostgresTest {
    @TempDir
    Path home;

    @Test
    void commits_survive_a_crash_passwords_are_checked_and_a_dead_server_is_started_again() throws Exception {
        PostgresSettings settings =
                new PostgresSettings(home.resolve("postgres"), Ports.free(1).getFirst(), "secret", true);
        try (EmbeddedPostgres postgres = new EmbeddedPostgres(settings)) {
            postgres.start();
            try (Connection connection = postgres.connect("postgres");
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE kept AS SELECT 7 AS number");
            }
            assertThatThrownBy(
                            () -> DriverManager.getConnection(postgres.jdbcUrl("postgres", null), "postgres", "guess"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password");

            postgres.crash();
            assertThat(postgres.pid()).isEqualTo(-1);
            assertThat(postgres.revive()).as("it was told to stop").isFalse();
            postgres.start();
            long before = postgres.pid();
            ProcessHandle.of(before).orElseThrow().destroyForcibly();
            ProcessHandle.of(before).ifPresent(server -> server.onExit().join());
            assertThat(postgres.revive()).as("it died by itself").isTrue();

            assertThat(postgres.pid()).isNotIn(-1L, before);
            try (Connection connection = postgres.connect("postgres");
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT number FROM kept")) {
                row.next();
                assertThat(row.getInt(1)).isEqualTo(7);
            }
        }
    }
}
