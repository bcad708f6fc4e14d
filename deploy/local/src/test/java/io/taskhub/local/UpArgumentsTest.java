package io.taskhub.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class UpArgumentsTest {
    private final SuiteOptions defaults = SuiteOptions.of(Path.of("/repository"), Path.of("/repository/.data"));

    @Test
    void without_arguments_everything_is_as_usual_and_on_loopback() {
        SuiteOptions options = parse();
        assertThat(options.ports()).isEqualTo(new SuiteOptions.FixedPorts(8080, 8090, 15432, 19092, 19093));
        assertThat(options.host()).isEqualTo("127.0.0.1");
        assertThat(options.fresh()).isFalse();
        assertThat(options.data()).isEqualTo(Path.of("/repository/.data"));
        assertThat(options.replicasOf(ServiceType.TASK)).isEqualTo(1);
    }

    @Test
    void every_option_is_understood_with_a_space_or_an_equals_sign() {
        SuiteOptions options = parse(
                "--data",
                "/tmp/with space",
                "--fresh",
                "--port=9000",
                "--ws-port",
                "9001",
                "--postgres-port=9002",
                "--kafka-port=9003",
                "--host",
                "0.0.0.0",
                "--free-ports",
                "--replicas=task-service=2,realtime-service=3");
        assertThat(options.ports()).isEqualTo(new SuiteOptions.FixedPorts(9000, 9001, 9002, 9003, 9004));
        assertThat(options.data()).isEqualTo(Path.of("/tmp/with space"));
        assertThat(options.host()).isEqualTo("0.0.0.0");
        assertThat(options.fresh()).isTrue();
        assertThat(options.freePorts()).isTrue();
        assertThat(options.replicasOf(ServiceType.TASK)).isEqualTo(2);
        assertThat(options.replicasOf(ServiceType.REALTIME)).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--what",
                "--port",
                "--port=http",
                "--port=65535",
                "--port=-1",
                "--replicas=task-service",
                "--replicas=task-service=0",
                "--replicas=nobody=2",
                "--data="
            })
    void what_cannot_be_understood_is_refused_and_named(String argument) {
        assertThatThrownBy(() -> parse(argument))
                .isInstanceOf(SuiteRefusal.class)
                .hasMessageContaining(argument.replaceFirst("=.*", ""));
    }

    private SuiteOptions parse(String... arguments) {
        return UpArguments.parse(List.of(arguments), defaults);
    }
}
