package io.taskhub.worker;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** The service without anything to lease from, its clock in the test's hand. */
public class QuietProfile implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "taskhub.worker.leasing", "false",
                "taskhub.worker.task-service-urls", "http://127.0.0.1:1",
                "taskhub.worker.name", "worker-under-test",
                "taskhub.worker.test-clock", "true");
    }
}
