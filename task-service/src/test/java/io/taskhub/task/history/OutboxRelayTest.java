package io.taskhub.task.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskhub.contracts.TaskId;
import io.taskhub.contracts.Topics;
import io.taskhub.local.TestInfrastructure;
import io.taskhub.task.Given;
import io.taskhub.task.Submission;
import io.taskhub.task.TaskServiceTest;
import io.taskhub.task.Tasks;
import io.taskhub.task.sql.Database;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@TaskServiceTest
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OutboxRelayTest {
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(40);
    private static final Pattern SEQ = Pattern.compile("\"seq\":(\\d+)");

    @Inject
    Tasks tasks;

    @Inject
    Database database;

    @Inject
    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    private KafkaConsumer<String, String> consumer;
    private final List<ConsumerRecord<String, String>> heard = new ArrayList<>();

    @BeforeEach
    void listen() {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka), new StringDeserializer(), new StringDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.TASK_EVENTS).stream()
                .map(p -> new TopicPartition(p.topic(), p.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    @AfterEach
    void close() {
        consumer.close();
    }

    @Test
    void a_committed_change_is_published_with_the_headers_that_let_a_reader_skip_it() {
        TaskId id = create();
        await().atMost(LONG_ENOUGH).until(() -> of(id).size() == 1);
        ConsumerRecord<String, String> event = of(id).getFirst();
        assertThat(header(event, Topics.HEADER_KIND)).isEqualTo("created");
        assertThat(header(event, Topics.HEADER_ORIGIN)).isEqualTo("v1");
        assertThat(event.value()).contains("\"kind\":\"created\"").contains(id.toString());
    }

    @Test
    void a_write_transaction_held_open_holds_up_nobody_else_and_its_own_event_comes_in_the_end() throws Exception {
        UUID late = UUID.randomUUID();
        try (Connection held = database.open();
                Statement statement = held.createStatement()) {
            held.setAutoCommit(false);
            statement.execute("INSERT INTO task_event (task_id, seq, at, kind, origin, body) VALUES ('" + late
                    + "', 1, clock(), 0, 1, '{\"kind\":\"created\",\"seq\":1}')");
            TaskId other = create();
            tasks.cancel(other.toString(), "");
            await().atMost(LONG_ENOUGH).until(() -> of(other).size() == 2);
            assertThat(of(new TaskId(late))).isEmpty();
            held.commit();
            held.setAutoCommit(true);
        }
        await().atMost(LONG_ENOUGH).until(() -> of(new TaskId(late)).size() == 1);
    }

    @Test
    void while_kafka_is_away_nothing_is_lost_and_every_task_keeps_its_order() {
        TaskId before = create();
        await().atMost(LONG_ENOUGH).until(() -> of(before).size() == 1);
        List<TaskId> during = new ArrayList<>();
        TestInfrastructure.stopKafka();
        try {
            for (int i = 0; i < 50; i++) {
                during.add(create());
            }
            during.forEach(id -> tasks.cancel(id.toString(), ""));
        } finally {
            TestInfrastructure.startKafka();
        }
        await().atMost(LONG_ENOUGH).until(() -> during.stream().allMatch(id -> of(id).size() >= 2));
        for (TaskId id : during) {
            assertThat(of(id).stream().map(OutboxRelayTest::seq).distinct()).containsExactly(1, 2);
        }
    }

    @Test
    void a_relay_that_starts_again_from_an_older_position_repeats_and_loses_nothing() throws Exception {
        TaskId id = create();
        tasks.cancel(id.toString(), "");
        await().atMost(LONG_ENOUGH).until(() -> of(id).size() == 2);
        try (Connection connection = database.open();
                Statement statement = connection.createStatement()) {
            String position = position(statement);
            TaskId next = create();
            await().atMost(LONG_ENOUGH).until(() -> of(next).size() == 1);
            statement.execute("UPDATE relay_position SET snapshot = '" + position + "'");
            statement.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND classid = "
                            + (RelayPosition.LOCK_KEY >>> 32) + " AND objid = "
                            + (RelayPosition.LOCK_KEY & 0xFFFFFFFFL));
            TaskId last = create();
            await().atMost(LONG_ENOUGH).until(() -> of(last).size() >= 1 && of(next).size() >= 2);
        }
    }

    private static String position(Statement statement) throws Exception {
        try (var row = statement.executeQuery("SELECT pg_current_snapshot()::text")) {
            row.next();
            return row.getString(1);
        }
    }

    private TaskId create() {
        return ((Submission.Accepted)
                        tasks.submit(List.of(Given.task().build())).getFirst())
                .id();
    }

    private List<ConsumerRecord<String, String>> of(TaskId id) {
        consumer.poll(Duration.ofMillis(50)).forEach(heard::add);
        return heard.stream().filter(r -> r.key().equals(id.toString())).toList();
    }

    private static int seq(ConsumerRecord<String, String> event) {
        Matcher matcher = SEQ.matcher(event.value());
        assertThat(matcher.find()).isTrue();
        return Integer.parseInt(matcher.group(1));
    }

    private static String header(ConsumerRecord<String, String> event, String name) {
        return new String(event.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
