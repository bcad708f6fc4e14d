package io.taskhub.gateway.dialect;

import io.vertx.core.json.JsonObject;

/**
 * The error bodies of the contracts (decisions §1, "Errors raised before a resource is reached"). Which one a path speaks is said
 * by its row in the routing table, never guessed from the path.
 */
public enum Dialect {
    /** {@code {"code","message","data":null}}; the code is the HTTP status. */
    TASKHUB {
        @Override
        JsonObject json(Refusal refusal) {
            return new JsonObject()
                    .put("code", refusal.status())
                    .put("message", refusal.message())
                    .putNull("data");
        }
    },
    /** {@code {"ok":false,"error","message"}}: templates, cron, workers. */
    OK {
        @Override
        JsonObject json(Refusal refusal) {
            return new JsonObject()
                    .put("ok", false)
                    .put("error", refusal.message())
                    .put("message", refusal.message());
        }
    },
    /** {@code {"error","code","details"}}: Tasks v1. */
    V1 {
        @Override
        JsonObject json(Refusal refusal) {
            String code = refusal.reason() == Refusal.Reason.BAD_REQUEST
                    ? "INVALID_REQUEST"
                    : refusal.reason().name();
            return new JsonObject()
                    .put("error", refusal.message())
                    .put("code", code)
                    .put("details", new JsonObject());
        }
    },
    /** {@code {"status":"error","message","error_type"}}: event jobs. */
    EVENT_JOB {
        @Override
        JsonObject json(Refusal refusal) {
            return new JsonObject()
                    .put("status", "error")
                    .put("message", refusal.message())
                    .put("error_type", refusal.reason().word());
        }

        /** Whatever would lead out of the file store is not there (decisions §5). */
        @Override
        public Refusal.Reason oddPath() {
            return Refusal.Reason.NOT_FOUND;
        }
    },
    /** {@code {"ok":false,"error":{"code","message"}}}: admin jobs. */
    ADMIN {
        @Override
        JsonObject json(Refusal refusal) {
            String code = refusal.reason() == Refusal.Reason.FORBIDDEN
                    ? "forbidden_admin_only"
                    : refusal.reason().word();
            return new JsonObject()
                    .put("ok", false)
                    .put("error", new JsonObject().put("code", code).put("message", refusal.message()));
        }
    },
    /** RFC 9457 problem details with a stable {@code code}: Task Center and everything new. */
    PROBLEM {
        @Override
        JsonObject json(Refusal refusal) {
            return new JsonObject()
                    .put("type", "about:blank")
                    .put("title", refusal.reason().title())
                    .put("status", refusal.status())
                    .put("detail", refusal.message())
                    .put("code", refusal.reason().word());
        }

        @Override
        public String contentType() {
            return "application/problem+json";
        }
    };

    abstract JsonObject json(Refusal refusal);

    /** The body that tells a client of this dialect that it was refused. */
    public String body(Refusal refusal) {
        return json(refusal).encode();
    }

    public String contentType() {
        return "application/json";
    }

    /** How a path is refused that can be read in two ways. */
    public Refusal.Reason oddPath() {
        return Refusal.Reason.BAD_REQUEST;
    }
}
