package io.taskhub.gateway.proxy;

import io.taskhub.gateway.dialect.Refusal;
import io.taskhub.gateway.dialect.Refusal.Reason;
import java.util.concurrent.TimeoutException;

/** What the caller is told when a service did not answer. */
final class Failures {
    private Failures() {}

    static Refusal refusal(Throwable failure, String service) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof NoUpstreamException) {
                return new Refusal(Reason.SERVICE_UNAVAILABLE, service + " is not available");
            }
            if (t instanceof TimeoutException) {
                return new Refusal(Reason.GATEWAY_TIMEOUT, service + " did not answer in time");
            }
        }
        return new Refusal(Reason.BAD_GATEWAY, service + " broke the connection");
    }
}
