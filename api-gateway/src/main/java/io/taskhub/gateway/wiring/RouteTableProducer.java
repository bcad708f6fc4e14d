package io.taskhub.gateway.wiring;

import io.taskhub.gateway.GatewayConfig;
import io.taskhub.gateway.dialect.Dialect;
import io.taskhub.gateway.routing.Route;
import io.taskhub.gateway.routing.RouteTable;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The routing table of {@code application.yaml}. A row that makes no sense stops the start. */
@Dependent
class RouteTableProducer {

    @Produces
    @Singleton
    RouteTable table(GatewayConfig config) {
        List<Route> routes =
                config.routes().stream().map(RouteTableProducer::route).toList();
        Map<String, Dialect> dialects = config.dialects().stream()
                .collect(Collectors.toMap(GatewayConfig.Prefix::prefix, GatewayConfig.Prefix::dialect));
        return new RouteTable(routes, dialects);
    }

    private static Route route(GatewayConfig.Row row) {
        return new Route(
                row.path(),
                row.methods(),
                row.service(),
                row.dialect(),
                row.access(),
                row.kind(),
                row.maxBody(),
                row.timeout());
    }
}
