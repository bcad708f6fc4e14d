package io.taskhub.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TopologyTest {
    private final SuiteOptions usual = SuiteOptions.of(Path.of("/repository"), Path.of("/data"));

    @Test
    void replicas_listen_a_hundred_ports_higher_and_callers_know_them_all() {
        Topology topology = Topology.plan(usual.withReplicas("task-service", 3));
        assertThat(topology.urls(ServiceType.TASK))
                .isEqualTo("http://127.0.0.1:8081,http://127.0.0.1:8181,http://127.0.0.1:8281");
        assertThat(topology.instances())
                .extracting(Topology.Instance::name)
                .containsExactly(
                        "task-service",
                        "task-service-2",
                        "task-service-3",
                        "worker-service",
                        "dag-service",
                        "cron-service",
                        "realtime-service",
                        "api-gateway");
    }

    @Test
    void every_service_is_told_the_addresses_of_those_it_calls_and_starts_after_them() {
        for (ServiceType type : ServiceType.ALL) {
            assertThat(type.peers()).allSatisfy(peer -> assertThat(ServiceType.ALL.indexOf(ServiceType.named(peer)))
                    .isLessThan(ServiceType.ALL.indexOf(type)));
        }
        Topology topology = Topology.plan(usual.withReplicas("dag-service", 2));
        ServiceEnvironment environment = new ServiceEnvironment(
                topology,
                new ServiceKeys(Path.of("/keys")),
                new ServiceEnvironment.Servers(
                        "broker", schema -> "jdbc:" + schema, name -> "secret-" + name, Path.of("/files")),
                Map.of());
        assertThat(environment.of(instance(topology, "cron-service")))
                .containsEntry("TASKHUB_CRON_TASK_SERVICE_URLS", "http://127.0.0.1:8081")
                .containsEntry("TASKHUB_CRON_DAG_SERVICE_URLS", "http://127.0.0.1:8082,http://127.0.0.1:8182")
                .containsEntry("QUARKUS_DATASOURCE_USERNAME", "cron")
                .containsEntry("QUARKUS_DATASOURCE_PASSWORD", "secret-cron")
                .containsEntry("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:cron");
        assertThat(environment.of(instance(topology, "task-service"))).containsEntry("TASKHUB_ARTIFACTS_DIR", "/files");
        assertThat(environment.of(instance(topology, "dag-service")))
                .containsEntry("TASKHUB_DAG_TASK_SERVICE_URLS", "http://127.0.0.1:8081");
        assertThat(environment.of(instance(topology, "realtime-service")))
                .containsEntry("TASKHUB_REALTIME_DAG_SERVICE_URLS", "http://127.0.0.1:8082,http://127.0.0.1:8182")
                .doesNotContainKey("QUARKUS_DATASOURCE_USERNAME");
        assertThat(environment.of(instance(topology, "api-gateway")))
                .containsEntry("TASKHUB_GATEWAY_UPSTREAMS_DAG_SERVICE", "http://127.0.0.1:8082,http://127.0.0.1:8182")
                .containsEntry("TASKHUB_GATEWAY_UPSTREAMS_CRON_SERVICE", "http://127.0.0.1:8084");
    }

    @Test
    void only_the_gateway_listens_beyond_loopback() {
        Topology topology = Topology.plan(usual.withHost("0.0.0.0"));
        assertThat(topology.instances())
                .filteredOn(instance -> !instance.host().equals("127.0.0.1"))
                .extracting(Topology.Instance::name)
                .containsExactly("api-gateway");
    }

    @Test
    void zero_means_any_free_port_and_no_two_are_the_same() {
        Topology topology =
                Topology.plan(usual.withReplicas("worker-service", 4).withPorts(SuiteOptions.FixedPorts.FREE, true));
        assertThat(topology.instances())
                .extracting(Topology.Instance::port)
                .doesNotHaveDuplicates()
                .doesNotContain(
                        0, topology.ports().webSocket(), topology.ports().kafka());
    }

    @Test
    void a_taken_port_is_refused_with_what_to_do_about_it() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            Topology topology = Topology.plan(usual.withPorts(new SuiteOptions.FixedPorts(port, 0, 0, 0, 0), true));
            assertThatThrownBy(topology::checkPorts)
                    .isInstanceOf(SuiteRefusal.class)
                    .hasMessageStartingWith("port " + port + " is taken")
                    .hasMessageEndingWith("stop what uses it or pass --port N");
        }
    }

    private static Topology.Instance instance(Topology topology, String name) {
        return topology.instances().stream()
                .filter(instance -> instance.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
