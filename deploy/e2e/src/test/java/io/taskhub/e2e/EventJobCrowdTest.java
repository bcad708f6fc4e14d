package io.taskhub.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.taskhub.e2e.client.EventJobs;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** Many documents at once, on two task-services and two workers. */
@EndToEnd
@Isolated
@Order(Faults.AFTER_THE_CONTRACTS)
class EventJobCrowdTest {
    private static final int BATCHES = 20;
    private static final int JOBS = 50;
    private final Hub hub;
    private final EventJobs jobs;

    EventJobCrowdTest(Hub hub) {
        this.hub = hub;
        this.jobs = new EventJobs(hub.admin(), "event-job");
    }

    @Test
    @Timeout(180)
    void a_thousand_jobs_in_twenty_batches_become_a_thousand_documents() {
        List<String> batches = IntStream.range(0, BATCHES)
                .mapToObj(b -> jobs.createBatch("crowd " + b, batch(b)))
                .toList();
        for (String id : batches) {
            JsonNode batch = jobs.awaitBatch(id, "completed", Duration.ofSeconds(150));
            assertThat(batch.path("completed_count").asInt()).isEqualTo(JOBS);
            assertThat(batch.path("failed_count").asInt()).isZero();
        }
        Map<String, String> entries = jobs.download("GET", "batches/" + batches.getLast() + "/archive")
                .entries();
        assertThat(entries.keySet().stream().filter(name -> name.endsWith(".md") && !name.equals("README.md")))
                .hasSize(JOBS);
    }

    private List<Map<String, Object>> batch(int number) {
        return IntStream.range(0, JOBS)
                .mapToObj(j -> {
                    Map<String, Object> job =
                            EventJobs.job("Session " + j, hub.world().at("/session/" + number + "-" + j));
                    job.put("filename", "session-" + j + ".md");
                    return job;
                })
                .toList();
    }
}
