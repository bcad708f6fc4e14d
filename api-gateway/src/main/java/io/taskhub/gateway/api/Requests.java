package io.taskhub.gateway.api;

import io.taskhub.gateway.audit.AuditEntry;
import io.taskhub.gateway.audit.AuditTrail;
import io.taskhub.gateway.front.Visit;
import io.taskhub.gateway.identity.Caller;
import io.taskhub.gateway.proxy.Exchange;
import io.taskhub.gateway.proxy.HeaderRules;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** What an endpoint wants to know about the request that it answers, and the note that it leaves in the audit trail. */
@ApplicationScoped
class Requests {
    private final AuditTrail audit;
    private final HeaderRules headers;

    Requests(AuditTrail audit, HeaderRules headers) {
        this.audit = audit;
        this.headers = headers;
    }

    /** The caller's name; "" on public routes. */
    String caller(RoutingContext context) {
        Exchange exchange = Visit.of(context);
        Caller caller = exchange == null ? null : exchange.caller();
        return caller == null ? "" : caller.name();
    }

    Exchange exchange(RoutingContext context) {
        Exchange exchange = Visit.of(context);
        if (exchange == null) {
            throw new IllegalStateException("this request did not come through the front door");
        }
        return exchange;
    }

    String address(RoutingContext context) {
        return headers.clientAddress(context.request());
    }

    void audit(RoutingContext context, String actor, String action, String target, String outcome) {
        audit.record(new AuditEntry(
                Instant.now(),
                actor,
                action,
                target,
                outcome,
                address(context),
                exchange(context).id()));
    }

    void audit(RoutingContext context, String action, String target) {
        audit(context, caller(context), action, target, "ok");
    }
}
