package io.taskhub.local;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Who listens where, decided before anything starts.
 *
 * @param ports with every 0 replaced
 * @param instances in the order of their start
 */
record Topology(SuiteOptions.FixedPorts ports, List<Instance> instances) {
    /** One process of a service. */
    record Instance(ServiceType type, String name, String host, int port) {
        /** How its neighbours reach it. */
        String url() {
            return "http://127.0.0.1:" + port;
        }
    }

    static Topology plan(SuiteOptions options) {
        Deque<Integer> free = new ArrayDeque<>(Ports.free(5 + 10 * ServiceType.ALL.size()));
        SuiteOptions.FixedPorts wanted = options.ports();
        SuiteOptions.FixedPorts ports = new SuiteOptions.FixedPorts(
                orFree(wanted.gateway(), free),
                orFree(wanted.webSocket(), free),
                orFree(wanted.postgres(), free),
                orFree(wanted.kafka(), free),
                orFree(wanted.controller(), free));
        List<Instance> instances = new ArrayList<>();
        for (ServiceType type : ServiceType.ALL) {
            for (int n = 1; n <= options.replicasOf(type); n++) {
                boolean first = type.equals(ServiceType.GATEWAY) && n == 1;
                int usual = type.port() + 100 * (n - 1);
                int port = first ? ports.gateway() : options.freePorts() ? free.pop() : usual;
                String host = type.equals(ServiceType.GATEWAY) ? options.host() : "127.0.0.1";
                instances.add(new Instance(type, type.instance(n), host, port));
            }
        }
        return new Topology(ports, List.copyOf(instances));
    }

    /** Comma list of the addresses of all instances of a service. */
    String urls(ServiceType type) {
        return instances.stream()
                .filter(instance -> instance.type().equals(type))
                .map(Instance::url)
                .collect(Collectors.joining(","));
    }

    /** Refuses to start when somebody else listens where we want to. */
    void checkPorts() {
        for (Instance instance : instances) {
            String option = instance.type().equals(ServiceType.GATEWAY) ? "--port N" : "--free-ports";
            check(instance.host(), instance.port(), option);
        }
        check("127.0.0.1", ports.webSocket(), "--ws-port N");
        check("127.0.0.1", ports.postgres(), "--postgres-port N");
        check("127.0.0.1", ports.kafka(), "--kafka-port N");
        check("127.0.0.1", ports.controller(), "--kafka-port N (the controller takes N+1)");
    }

    private static void check(String host, int port, String option) {
        if (!Ports.isFree(host, port)) {
            String owner = PortOwner.of(port).map(who -> " by " + who).orElse("");
            throw new SuiteRefusal("port %d is taken%s: stop what uses it or pass %s".formatted(port, owner, option));
        }
    }

    private static int orFree(int port, Deque<Integer> free) {
        return port == 0 ? free.pop() : port;
    }
}
