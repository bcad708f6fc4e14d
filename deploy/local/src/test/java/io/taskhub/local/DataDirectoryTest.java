package io.taskhub.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DataDirectoryTest {
    @TempDir
    Path parent;

    @Test
    void a_second_suite_on_the_same_data_is_refused_until_the_first_has_ended() {
        DataDirectory first = DataDirectory.open(parent.resolve("data"));
        assertThatThrownBy(() -> DataDirectory.open(parent.resolve("data")))
                .isInstanceOf(SuiteRefusal.class)
                .hasMessageContaining("pid " + ProcessHandle.current().pid());
        first.close();
        DataDirectory.open(parent.resolve("data")).close();
    }

    @Test
    void data_of_another_version_is_refused() throws Exception {
        Files.writeString(Files.createDirectories(parent.resolve("data")).resolve("VERSION"), "2\n");
        try (DataDirectory data = DataDirectory.open(parent.resolve("data"))) {
            assertThatThrownBy(data::claimVersion)
                    .isInstanceOf(SuiteRefusal.class)
                    .hasMessageContaining("version 2");
        }
    }

    @Test
    void a_directory_of_somebody_else_is_left_alone() throws Exception {
        Files.writeString(parent.resolve("thesis.txt"), "years of work");
        assertThatThrownBy(() -> DataDirectory.open(parent))
                .isInstanceOf(SuiteRefusal.class)
                .hasMessageContaining("not TaskHub's");
        assertThat(parent.resolve("lock")).doesNotExist();
    }

    @Test
    void clearing_removes_only_what_is_ours() throws Exception {
        try (DataDirectory data = DataDirectory.open(parent.resolve("data"))) {
            data.claimVersion();
            data.secret("task");
            Path stranger = Files.writeString(data.root().resolve("notes.txt"), "mine");
            data.clear();
            assertThat(stranger).exists();
            assertThat(data.root().resolve("secrets")).doesNotExist();
            assertThat(data.root().resolve("VERSION")).doesNotExist();
        }
    }

    @Test
    void a_secret_is_made_once_and_nobody_else_can_read_it() throws Exception {
        try (DataDirectory data = DataDirectory.open(parent.resolve("data"))) {
            String secret = data.secret("task");
            assertThat(secret).hasSize(43).isEqualTo(data.secret("task")).isNotEqualTo(data.secret("worker"));
            assertThat(permissions(data.secrets())).isEqualTo("rwx------");
            assertThat(permissions(data.secrets().resolve("task"))).isEqualTo("rw-------");
        }
    }

    @Test
    void the_list_of_processes_is_one_name_and_pid_a_line() throws Exception {
        try (DataDirectory data = DataDirectory.open(parent.resolve("data"))) {
            Map<String, Long> pids = new LinkedHashMap<>();
            pids.put("launcher", 12L);
            pids.put("task-service", 34L);
            data.writePids(pids);
            assertThat(Files.readString(data.root().resolve("pids"))).isEqualTo("launcher 12\ntask-service 34\n");
            assertThat(data.lastPids()).containsExactly(12L, 34L);
        }
    }

    private static String permissions(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
