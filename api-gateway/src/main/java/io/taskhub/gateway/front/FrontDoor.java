package io.taskhub.gateway.front;

import io.taskhub.gateway.dialect.Answer;
import io.taskhub.gateway.dialect.Dialect;
import io.taskhub.gateway.dialect.Refusal;
import io.taskhub.gateway.dialect.Refusal.Reason;
import io.taskhub.gateway.guard.ClientLimits;
import io.taskhub.gateway.guard.RequestShape;
import io.taskhub.gateway.guard.SameOrigin;
import io.taskhub.gateway.identity.Caller;
import io.taskhub.gateway.identity.Callers;
import io.taskhub.gateway.identity.Credentials;
import io.taskhub.gateway.proxy.Exchange;
import io.taskhub.gateway.proxy.Forwarder;
import io.taskhub.gateway.proxy.HeaderRules;
import io.taskhub.gateway.proxy.WebSocketTunnel;
import io.taskhub.gateway.routing.Access;
import io.taskhub.gateway.routing.Kind;
import io.taskhub.gateway.routing.Lookup;
import io.taskhub.gateway.routing.Route;
import io.taskhub.gateway.routing.RouteTable;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Every request passes here, on the event loop that read it: shape, row, size, caller, role, rate, and then on to its service.
 * Nothing that is not in the table is reachable.
 */
@ApplicationScoped
public class FrontDoor {
    /** The path under which services serve WebSockets, whatever path they were opened with on the second listener. */
    static final String WEBSOCKET_PATH = "/ws";

    private final RouteTable table;
    private final Callers callers;
    private final ClientLimits limits;
    private final HeaderRules headers;
    private final Forwarder forwarder;
    private final WebSocketTunnel tunnel;

    public FrontDoor(
            RouteTable table,
            Callers callers,
            ClientLimits limits,
            HeaderRules headers,
            Forwarder forwarder,
            WebSocketTunnel tunnel) {
        this.table = table;
        this.callers = callers;
        this.limits = limits;
        this.headers = headers;
        this.forwarder = forwarder;
        this.tunnel = tunnel;
    }

    /** A request on the main listener. The gateway's own endpoints are next in the chain. */
    public void enter(RoutingContext context) {
        HttpServerRequest request = context.request();
        admit(request, pathOf(request.uri()), exchange -> {
            if (exchange.route().isOwn()) {
                Visit.remember(context, exchange);
                request.resume();
                context.next();
            } else {
                pass(exchange, request.uri());
            }
        });
    }

    /** A request on the WebSocket listener: its path does not matter. */
    public void enterSocket(HttpServerRequest request) {
        int query = request.uri().indexOf('?');
        String uri = query < 0 ? WEBSOCKET_PATH : WEBSOCKET_PATH + request.uri().substring(query);
        admit(request, WEBSOCKET_PATH, exchange -> pass(exchange, uri));
    }

    private void admit(HttpServerRequest request, String path, Consumer<Exchange> onward) {
        if (Doomed.is(request)) {
            return;
        }
        String id = HeaderRules.requestId(request.getHeader(HeaderRules.REQUEST_ID));
        Refusal misshapen = misshapen(request, path);
        if (misshapen != null) {
            Doomed.mark(request);
            request.response().putHeader(HttpHeaders.CONNECTION, "close");
            refuse(request, table.dialectOf(path), misshapen, id);
            request.connection().close();
            return;
        }
        switch (table.find(request.method().name(), path)) {
            case Lookup.Unknown(Dialect dialect) -> refuse(request, dialect, Refusal.of(Reason.NOT_FOUND), id);
            case Lookup.WrongMethod(Dialect dialect, var allow) -> {
                request.response().putHeader(HttpHeaders.ALLOW, String.join(", ", allow));
                refuse(request, dialect, Refusal.of(Reason.METHOD_NOT_ALLOWED), id);
            }
            case Lookup.Found(Route route) -> {
                if (lengthOf(request) > route.maxBody()) {
                    refuse(request, route.dialect(), Refusal.of(Reason.PAYLOAD_TOO_LARGE), id);
                } else {
                    identify(request, route, id, onward);
                }
            }
        }
    }

    private @Nullable Refusal misshapen(HttpServerRequest request, String path) {
        String framing = RequestShape.headerFlaw(request.headers());
        if (framing != null) {
            return new Refusal(Reason.BAD_REQUEST, framing);
        }
        String flaw = RequestShape.pathFlaw(request.uri());
        return flaw == null ? null : new Refusal(table.dialectOf(path).oddPath(), flaw);
    }

    private void identify(HttpServerRequest request, Route route, String id, Consumer<Exchange> onward) {
        if (route.access() == Access.PUBLIC) {
            letIn(new Exchange(request, route, null, id), onward);
            return;
        }
        Credentials credentials = Credentials.of(request);
        if (credentials == null) {
            if (callers.isOpen()) {
                check(request, route, id, callers.anybody(), null, onward);
            } else if (route.kind() == Kind.WEBSOCKET) {
                letIn(new Exchange(request, route, null, id), onward);
            } else {
                unauthorized(request, route, id);
            }
            return;
        }
        Caller known = callers.known(credentials);
        if (known != null) {
            check(request, route, id, known, credentials, onward);
            return;
        }
        request.pause();
        callers.identify(credentials).onComplete(identified -> {
            Caller caller = identified.result();
            if (identified.failed()) {
                refuse(
                        request,
                        route.dialect(),
                        new Refusal(Reason.SERVICE_UNAVAILABLE, "credentials cannot be checked now"),
                        id);
            } else if (caller == null) {
                unauthorized(request, route, id);
            } else {
                check(request, route, id, caller, credentials, onward);
            }
        });
    }

    private void check(
            HttpServerRequest request,
            Route route,
            String id,
            Caller caller,
            @Nullable Credentials credentials,
            Consumer<Exchange> onward) {
        if (!route.access().admits(caller.roles())) {
            refuse(
                    request,
                    route.dialect(),
                    new Refusal(
                            Reason.FORBIDDEN,
                            "this needs the role " + route.access().role()),
                    id);
            return;
        }
        if (credentials != null
                && credentials.kind() == Credentials.Kind.SESSION
                && !SameOrigin.admits(request, WebSocketTunnel.isUpgrade(request))) {
            refuse(
                    request,
                    route.dialect(),
                    new Refusal(Reason.FORBIDDEN, "the request comes from another origin"),
                    id);
            return;
        }
        letIn(new Exchange(request, route, caller, id), onward);
    }

    private void letIn(Exchange exchange, Consumer<Exchange> onward) {
        HttpServerRequest request = exchange.request();
        if (limits.isEnabled()) {
            Caller caller = exchange.caller();
            long wait = limits.take(caller == null ? headers.clientAddress(request) : caller.name());
            if (wait > 0) {
                request.response().putHeader(HttpHeaders.RETRY_AFTER, Long.toString(wait));
                refuse(request, exchange.route().dialect(), Refusal.of(Reason.RATE_LIMITED), exchange.id());
                return;
            }
        }
        if (request.headers().contains(HttpHeaders.EXPECT)) {
            request.response().writeContinue();
        }
        onward.accept(exchange);
    }

    private void pass(Exchange exchange, String uri) {
        boolean upgrade = WebSocketTunnel.isUpgrade(exchange.request());
        switch (exchange.route().kind()) {
            case EXCHANGE -> forwarder.forward(exchange);
            case STREAM -> {
                if (upgrade) {
                    tunnel.open(exchange, uri);
                } else {
                    forwarder.forward(exchange);
                }
            }
            case WEBSOCKET -> {
                if (upgrade) {
                    tunnel.open(exchange, uri);
                } else {
                    HttpServerResponse response = exchange.request().response();
                    response.putHeader(HttpHeaders.UPGRADE, "websocket");
                    refuse(
                            exchange.request(),
                            exchange.route().dialect(),
                            new Refusal(Reason.UPGRADE_REQUIRED, "this is a WebSocket"),
                            exchange.id());
                }
            }
        }
    }

    private void unauthorized(HttpServerRequest request, Route route, String id) {
        request.response().putHeader("WWW-Authenticate", "Bearer");
        refuse(request, route.dialect(), Refusal.of(Reason.UNAUTHORIZED), id);
    }

    /** Answers; a body that is still coming is read and thrown away, so that a client that sends first can hear us. */
    private static void refuse(HttpServerRequest request, Dialect dialect, Refusal refusal, String id) {
        Answer.refuse(request.response(), dialect, refusal, id);
        request.resume();
    }

    private static long lengthOf(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? -1 : Long.parseLong(length);
    }

    static String pathOf(String uri) {
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }
}
