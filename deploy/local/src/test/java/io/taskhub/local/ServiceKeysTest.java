package io.taskhub.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ServiceKeysTest {
    @TempDir
    Path directory;

    @Test
    void every_service_has_a_private_key_and_all_public_keys_are_in_one_list() throws Exception {
        ServiceKeys keys = ServiceKeys.create(directory, "task-service", "worker-service");
        assertThat(Files.readString(keys.jwks()))
                .contains("\"kid\":\"svc-task-service\"", "\"kid\":\"svc-worker-service\"", "\"e\":\"AQAB\"");
        for (Path file : new Path[] {keys.privateKey("task-service"), keys.jwks()}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void an_existing_key_is_kept_when_a_service_is_added() throws Exception {
        String before =
                Files.readString(ServiceKeys.create(directory, "task-service").privateKey("task-service"));
        ServiceKeys keys = ServiceKeys.create(directory, "task-service", "cron-service");
        assertThat(Files.readString(keys.privateKey("task-service"))).isEqualTo(before);
        assertThat(Files.readString(keys.jwks())).contains("svc-task-service", "svc-cron-service");
    }
}
