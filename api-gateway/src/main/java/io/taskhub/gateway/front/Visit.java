package io.taskhub.gateway.front;

import io.taskhub.gateway.dialect.Dialect;
import io.taskhub.gateway.proxy.Exchange;
import io.taskhub.gateway.proxy.HeaderRules;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** What the front door found out about a request that the gateway answers itself. */
public final class Visit {
    private static final String KEY = Exchange.class.getName();

    private Visit() {}

    static void remember(RoutingContext context, Exchange exchange) {
        context.put(KEY, exchange);
        HttpServerResponse response = context.response();
        response.putHeader(HeaderRules.REQUEST_ID, exchange.id());
        response.putHeader("X-Content-Type-Options", "nosniff");
        response.putHeader("X-Frame-Options", "DENY");
        response.putHeader("Referrer-Policy", "no-referrer");
        response.putHeader("Cache-Control", "no-store");
    }

    /** The exchange of this request, null before the front door. */
    public static @Nullable Exchange of(RoutingContext context) {
        return context.get(KEY);
    }

    /** The dialect of the row that led here. */
    public static Dialect dialect(RoutingContext context) {
        Exchange exchange = of(context);
        return exchange == null ? Dialect.PROBLEM : exchange.route().dialect();
    }
}
