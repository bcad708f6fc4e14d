package io.taskhub.dag.template;

import com.networknt.schema.JsonNodePath;
import com.networknt.schema.ValidationMessage;

/**
 * What the library says about a value, in our words: {@code a.b[0]: <message>}, and {@code a: required} for what is missing.
 *
 * @param root the top-level field that it is about, "" for all of them together
 * @param path "" for the whole value
 */
record SchemaProblem(String root, String path, String said) {
    private static final String REQUIRED = "required";

    static SchemaProblem of(ValidationMessage message) {
        JsonNodePath at = message.getInstanceLocation();
        boolean missing = REQUIRED.equals(message.getType()) && message.getProperty() != null;
        JsonNodePath path = missing ? at.append(message.getProperty()) : at;
        return new SchemaProblem(
                path.getNameCount() == 0 ? "" : String.valueOf(path.getElement(0)),
                written(path),
                missing ? REQUIRED : message.getError());
    }

    /** Of a parameter. */
    String text() {
        return (path.isEmpty() ? "params" : path) + ": " + said;
    }

    /** Of something inside {@code whole}. */
    String textIn(String whole) {
        return whole + (path.isEmpty() ? "" : ".") + path + ": " + said;
    }

    private static String written(JsonNodePath path) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < path.getNameCount(); i++) {
            Object element = path.getElement(i);
            if (element instanceof Integer index) {
                text.append('[').append(index).append(']');
            } else {
                text.append(text.isEmpty() ? "" : ".").append(element);
            }
        }
        return text.toString();
    }
}
