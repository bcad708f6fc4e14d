package io.taskhub.dag;

import io.taskhub.contracts.JsonText;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values by their path in parsed JSON. */
final class Params {
    private Params() {}

    /** The text of {@code a.b}: a string as it is, anything else as compact JSON; null when there is none. */
    static @Nullable String find(Map<String, Object> params, String path) {
        Object at = params;
        for (String name : path.split("\\.", -1)) {
            at = at instanceof Map<?, ?> object ? object.get(name) : null;
        }
        return switch (at) {
            case null -> null;
            case String text -> text;
            default -> JsonText.of(at);
        };
    }
}
