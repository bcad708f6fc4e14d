package io.taskhub.dag.api.template;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** What became of a rendering; {@code error} is "" and {@code rendered} an object when it succeeded. */
record RenderResult(boolean ok, String error, @Nullable ObjectNode rendered) {

    static RenderResult of(ObjectNode rendered) {
        return new RenderResult(true, "", rendered);
    }

    static RenderResult failed(String error) {
        return new RenderResult(false, error, null);
    }
}
