package io.taskhub.local;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The command line of {@code ./taskhub up}. */
final class UpArguments {
    static final String HELP = """
            ./taskhub up [options]   starts TaskHub on this machine; Ctrl-C stops it

              --data DIR             where everything is kept (default: .data beside ./taskhub)
              --fresh                throw away what an earlier run kept there
              --port N               HTTP (default 8080)
              --ws-port N            second WebSocket listener (default 8090)
              --postgres-port N      database (default 15432)
              --kafka-port N         broker (default 19092; its controller takes N+1)
              --free-ports           the inner services take any free ports
              --host ADDRESS         where HTTP listens (default 127.0.0.1; 0.0.0.0 opens it to the network)
              --replicas a=2,b=2     instances per service, for example task-service=2,realtime-service=2

            Settings that start with TASKHUB_ in the environment reach every service.
            """;

    private UpArguments() {}

    /** Overlays the arguments on the defaults; what cannot be understood is refused with a message that says so. */
    static SuiteOptions parse(List<String> arguments, SuiteOptions defaults) {
        Deque<String> rest = new ArrayDeque<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (argument.startsWith("--") && equals > 0) {
                rest.add(argument.substring(0, equals));
                rest.add(argument.substring(equals + 1));
            } else {
                rest.add(argument);
            }
        }
        SuiteOptions options = defaults;
        while (!rest.isEmpty()) {
            options = apply(rest.pop(), rest, options);
        }
        return options;
    }

    private static SuiteOptions apply(String option, Deque<String> rest, SuiteOptions o) {
        SuiteOptions.FixedPorts p = o.ports();
        return switch (option) {
            case "--data" -> o.withData(Path.of(value(option, rest)));
            case "--fresh" -> o.withFresh(true);
            case "--host" -> o.withHost(value(option, rest));
            case "--free-ports" -> o.withPorts(p, true);
            case "--port" ->
                o.withPorts(
                        new SuiteOptions.FixedPorts(
                                port(option, rest), p.webSocket(), p.postgres(), p.kafka(), p.controller()),
                        o.freePorts());
            case "--ws-port" ->
                o.withPorts(
                        new SuiteOptions.FixedPorts(
                                p.gateway(), port(option, rest), p.postgres(), p.kafka(), p.controller()),
                        o.freePorts());
            case "--postgres-port" ->
                o.withPorts(
                        new SuiteOptions.FixedPorts(
                                p.gateway(), p.webSocket(), port(option, rest), p.kafka(), p.controller()),
                        o.freePorts());
            case "--kafka-port" -> {
                int kafka = port(option, rest);
                int controller = kafka == 0 ? 0 : kafka + 1;
                yield o.withPorts(
                        new SuiteOptions.FixedPorts(p.gateway(), p.webSocket(), p.postgres(), kafka, controller),
                        o.freePorts());
            }
            case "--replicas" -> replicas(value(option, rest), o);
            default -> throw new SuiteRefusal("unknown option " + option + "; ./taskhub up --help lists them");
        };
    }

    private static SuiteOptions replicas(String text, SuiteOptions options) {
        SuiteOptions result = options;
        for (String part : text.split(",", -1)) {
            String[] pair = part.trim().split("=", -1);
            if (pair.length != 2 || !pair[1].matches("\\d{1,3}")) {
                throw new SuiteRefusal("--replicas wants name=number, not '" + part + "'");
            }
            try {
                result = result.withReplicas(pair[0], Integer.parseInt(pair[1]));
            } catch (IllegalArgumentException e) {
                throw new SuiteRefusal("--replicas: " + e.getMessage());
            }
        }
        return result;
    }

    private static int port(String option, Deque<String> rest) {
        String text = value(option, rest);
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 65534) {
            throw new SuiteRefusal(option + " wants a port (0 to 65534, 0 = any free one), not '" + text + "'");
        }
        return Integer.parseInt(text);
    }

    private static String value(String option, Deque<String> rest) {
        String value = rest.poll();
        if (value == null || value.isEmpty()) {
            throw new SuiteRefusal(option + " wants a value");
        }
        return value;
    }
}
