package io.taskhub.dag.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The contract's schema: {@code {"params":[{"name","type":"string|int|bool|json","required","defaultValue"}]}}. A parameter that is
 * not in it is allowed. null counts as absent, except for type json.
 */
record ParameterList(List<Parameter> parameters) implements ParameterSchema {
    static final String FIELD = "params";

    /** The contract's types. */
    enum Type {
        STRING,
        INT,
        BOOL,
        JSON;

        boolean accepts(JsonNode value) {
            return switch (this) {
                case STRING -> value.isTextual();
                case INT -> value.isIntegralNumber();
                case BOOL -> value.isBoolean();
                case JSON -> true;
            };
        }

        static @Nullable Type of(String word) {
            for (Type type : values()) {
                if (type.name().toLowerCase(Locale.ROOT).equals(word)) {
                    return type;
                }
            }
            return null;
        }
    }

    /** One line of the schema. */
    record Parameter(
            String name,
            Type type,
            boolean required,
            @Nullable JsonNode defaultValue) {}

    @Override
    public Checked check(ObjectNode params) {
        ObjectNode filled = params.objectNode();
        filled.setAll(params);
        List<String> problems = new ArrayList<>();
        Set<String> wrong = new HashSet<>();
        for (Parameter parameter : parameters) {
            String problem = check(parameter, filled);
            if (problem != null) {
                problems.add(parameter.name + ": " + problem);
                wrong.add(parameter.name);
            }
        }
        return new Checked(filled, problems, wrong);
    }

    private static @Nullable String check(Parameter parameter, ObjectNode params) {
        JsonNode value = params.get(parameter.name);
        if (value == null || (value.isNull() && parameter.type != Type.JSON)) {
            params.remove(parameter.name);
            if (parameter.defaultValue != null) {
                params.set(parameter.name, parameter.defaultValue);
                return null;
            }
            return parameter.required ? "required" : null;
        }
        return parameter.type.accepts(value) ? null : "type mismatch";
    }

    static ParameterList of(ObjectNode schema) {
        JsonNode list = schema.path(FIELD);
        if (!list.isArray() && !list.isMissingNode()) {
            throw new TemplateException.Invalid(List.of("schema.params must be an array"));
        }
        List<String> problems = new ArrayList<>();
        List<Parameter> parameters = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (JsonNode entry : list) {
            Parameter parameter =
                    parameter(entry, "schema.params[" + (parameters.size() + problems.size()) + "]", problems);
            if (parameter != null && names.add(parameter.name)) {
                parameters.add(parameter);
            } else if (parameter != null) {
                problems.add("schema.params: duplicate name " + parameter.name);
            }
        }
        if (!problems.isEmpty()) {
            throw new TemplateException.Invalid(problems);
        }
        return new ParameterList(List.copyOf(parameters));
    }

    /** One problem an entry at most; null when there is one. */
    private static @Nullable Parameter parameter(JsonNode entry, String where, List<String> problems) {
        String name = entry.path("name").asText();
        Type type = entry.has("type") ? Type.of(entry.path("type").asText()) : Type.STRING;
        JsonNode required = entry.path("required");
        JsonNode defaultValue = entry.path("defaultValue");
        boolean hasDefault = !defaultValue.isMissingNode() && !defaultValue.isNull();
        String problem = null;
        if (!entry.isObject()) {
            problem = " must be an object";
        } else if (!entry.path("name").isTextual() || name.isBlank()) {
            problem = ".name must be a string that is not empty";
        } else if (PlaceholderForm.isOfRun(name)) {
            problem = ".name: nodes and run are reserved";
        } else if (type == null) {
            problem = ".type must be string, int, bool or json";
        } else if (!required.isBoolean() && !required.isMissingNode() && !required.isNull()) {
            problem = ".required must be a boolean";
        } else if (hasDefault && !type.accepts(defaultValue)) {
            problem = ".defaultValue: type mismatch";
        }
        if (problem != null || type == null) {
            problems.add(where + problem);
            return null;
        }
        return new Parameter(name, type, required.asBoolean(), hasDefault ? defaultValue : null);
    }
}
