package io.taskhub.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ServiceProcessTest {
    @TempDir
    Path directory;

    private final List<String> screen = new CopyOnWriteArrayList<>();

    @Test
    void one_that_dies_is_started_again_and_the_screen_says_so() {
        ServiceProcess service = running("read -r _ && exit 3");
        try {
            service.start();
            long first = service.pid();
            ProcessHandle.of(first).orElseThrow().destroyForcibly();

            await().atMost(Duration.ofSeconds(10)).until(() -> service.pid() > 0 && service.pid() != first);
            assertThat(service.deaths()).isEqualTo(1);
            assertThat(screen).singleElement().asString().contains("task-service ended with", "in 1 s");
        } finally {
            service.stop();
        }
    }

    @Test
    void one_that_was_killed_on_purpose_comes_back_without_counting_as_dead() {
        ServiceProcess service = running("read -r _");
        try {
            service.start();
            long first = service.pid();
            service.kill();

            await().atMost(Duration.ofSeconds(10)).until(() -> service.pid() > 0 && service.pid() != first);
            assertThat(service.deaths()).isZero();
        } finally {
            service.stop();
        }
    }

    @Test
    void one_that_was_stopped_stays_down_and_its_output_is_in_its_log() throws Exception {
        ServiceProcess service = running("echo \"at $WHERE\"; read -r _");
        service.start();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> Files.readString(service.log()).equals("at home\n"));
        service.stop();
        assertThat(service.pid()).isEqualTo(-1);
        assertThat(screen).isEmpty();
    }

    @Test
    void whoever_is_told_of_a_change_may_ask_it_from_another_thread() {
        List<ServiceProcess> asked = new ArrayList<>();
        AtomicLong answer = new AtomicLong();
        Runnable asking = () -> asked.forEach(one -> answer.set(CompletableFuture.supplyAsync(one::pid)
                .orTimeout(5, TimeUnit.SECONDS)
                .join()));
        ServiceProcess service = running("read -r _", asking);
        asked.add(service);
        try {
            service.start();
            assertThat(answer).hasValue(service.pid());
        } finally {
            service.stop();
        }
    }

    private ServiceProcess running(String script) {
        return running(script, () -> {});
    }

    private ServiceProcess running(String script, Runnable changed) {
        return new ServiceProcess(
                new Topology.Instance(ServiceType.TASK, "task-service", "127.0.0.1", 1),
                List.of("/bin/sh", "-c", script),
                Map.of("WHERE", "home"),
                directory.resolve("service.log"),
                screen::add,
                changed);
    }
}
