package io.taskhub.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
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
                        "realtime-service",
                        "api-gateway");
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
}
