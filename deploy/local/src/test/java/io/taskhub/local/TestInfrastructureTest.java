package io.taskhub.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TestInfrastructureTest {
    @Test
    void a_service_gets_its_own_schema_keys_and_broker_and_both_servers_survive_a_restart() throws Exception {
        Map<String, String> settings = started(Map.of("schema", "task"));
        try (Connection connection = connect(settings);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS kept (id uuid PRIMARY KEY DEFAULT uuidv7())");
            statement.execute("INSERT INTO kept DEFAULT VALUES");
        }
        assertThat(Files.readString(Path.of(settings.get("taskhub.identity.service-key-file"))))
                .startsWith("-----BEGIN PRIVATE KEY-----");
        assertThat(settings.get("taskhub.identity.service-key-file")).endsWith("task-service.pem");

        TestInfrastructure.stopPostgres();
        assertThatThrownBy(() -> connect(settings)).isInstanceOf(SQLException.class);
        TestInfrastructure.startPostgres();
        TestInfrastructure.stopKafka();
        TestInfrastructure.startKafka();

        try (Connection connection = connect(settings);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM task.kept")) {
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(1);
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", settings.get("kafka.bootstrap.servers")))) {
            var topics = admin.describeTopics(SharedInfrastructure.TOPICS).allTopicNames();
            assertThat(topics.get(20, TimeUnit.SECONDS).values())
                    .hasSize(3)
                    .allSatisfy(topic -> assertThat(topic.partitions()).hasSize(3));
        }
    }

    @Test
    void a_role_cannot_look_into_another_services_schema() throws Exception {
        Map<String, String> task = started(Map.of("schema", "task", "kafka", "false"));
        Map<String, String> worker = started(Map.of("schema", "worker", "kafka", "false"));
        assertThat(worker).doesNotContainKey("kafka.bootstrap.servers");
        try (Connection connection = connect(task);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE secret (id int)");
        }
        try (Connection connection = connect(worker);
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.executeQuery("SELECT * FROM task.secret"))
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void a_service_that_is_not_built_is_refused_with_what_to_do_about_it() {
        Path nowhere = Path.of("/nowhere");
        ServiceKeys keys = new ServiceKeys(nowhere);
        assertThatThrownBy(() -> new TestServices(
                                new LaunchCommand(nowhere, nowhere),
                                Topology.plan(SuiteOptions.of(nowhere, nowhere)),
                                keys,
                                new ServiceEnvironment.Servers("", url -> url, secret -> secret, nowhere))
                        .start(List.of(ServiceType.TASK, ServiceType.WORKER)))
                .hasMessage("task-service, worker-service are not built:"
                        + " run mvn package -DskipTests -pl task-service,worker-service -am first");
        assertThatThrownBy(() -> started(Map.of("schema", "dag", "services", "tusk-service")))
                .hasRootCauseMessage("there is no service 'tusk-service', only " + "[task-service, worker-service,"
                        + " dag-service, cron-service, realtime-service, api-gateway]");
    }

    private static Map<String, String> started(Map<String, String> arguments) {
        TestInfrastructure infrastructure = new TestInfrastructure();
        infrastructure.init(arguments);
        return infrastructure.start();
    }

    private static Connection connect(Map<String, String> settings) throws SQLException {
        return DriverManager.getConnection(
                settings.get("quarkus.datasource.jdbc.url"),
                settings.get("quarkus.datasource.username"),
                settings.get("quarkus.datasource.password"));
    }
}
