package io.taskhub.gateway.proxy;

import io.taskhub.gateway.identity.Caller;
import io.taskhub.gateway.routing.Route;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * A request on its way to a service.
 *
 * @param request as it came, shape checked
 * @param route its row
 * @param caller null on public routes, and on WebSockets that will say who they are
 * @param id the request's id, also in the answer
 */
public record Exchange(
        HttpServerRequest request, Route route, @Nullable Caller caller, String id) {}
