package io.taskhub.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.taskhub.contracts.Lease;
import io.taskhub.contracts.LogRecord;
import io.taskhub.contracts.Origin;
import io.taskhub.contracts.TaskId;
import io.taskhub.contracts.Topics;
import io.taskhub.local.TestInfrastructure;
import io.taskhub.worker.logs.LogPublisher;
import io.taskhub.worker.logs.TaskLog;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(QuietProfile.class)
@WithTestResource(
        value = TestInfrastructure.class,
        scope = TestResourceScope.GLOBAL,
        initArgs = @ResourceArg(name = "schema", value = "worker"))
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LogsReachKafkaTest {
    private static final int LINES = 3_000;

    @Inject
    LogPublisher publisher;

    @Inject
    ObjectMapper json;

    @Inject
    @ConfigProperty(name = "kafka.bootstrap.servers")
    String brokers;

    @Test
    void what_was_awaited_is_stored_in_order_under_the_task_s_key() throws IOException {
        TaskId task = new TaskId(UUID.randomUUID());
        TaskLog log = publisher.open(
                new Lease(task, 7, "node", "run-7", null, Origin.DAG, 2, 1, 1, "default", "shell", "{}", 0, null),
                "worker-1");
        for (int i = 1; i <= LINES; i++) {
            log.add(1, 1, "line " + i, null);
        }
        log.awaitSent(() -> false);

        List<ConsumerRecord<String, byte[]>> stored = everythingOf(task);
        assertThat(stored).hasSize(LINES);
        for (int i = 0; i < LINES; i++) {
            LogRecord record = json.readValue(stored.get(i).value(), LogRecord.class);
            assertThat(record.n()).isEqualTo(i + 1);
            assertThat(record.message()).isEqualTo("line " + (i + 1));
        }
        assertThat(stored.getFirst().headers().lastHeader(Topics.HEADER_ORIGIN).value())
                .isEqualTo("dag".getBytes(StandardCharsets.UTF_8));
        assertThat(stored.getFirst().headers().lastHeader(Topics.HEADER_RUN).value())
                .isEqualTo("run-7".getBytes(StandardCharsets.UTF_8));
    }

    private List<ConsumerRecord<String, byte[]>> everythingOf(TaskId task) {
        List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", brokers), new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.TASK_LOGS).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
            while (end.entrySet().stream().anyMatch(last -> consumer.position(last.getKey()) < last.getValue())) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    if (record.key().equals(task.toString())) {
                        found.add(record);
                    }
                }
            }
        }
        return found;
    }
}
