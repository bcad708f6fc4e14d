package io.taskhub.dag.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Fills parameters into a template (decisions §3): {@code {{a.b}}} inside a string, and {@code {"$param":"a.b"}} for a typed value. Keys
 * are left alone, and so are placeholders with the roots {@code nodes} and {@code run}, which the run resolves.
 */
final class Renderer {
    private static final String TYPED = "$param";
    private static final Pattern INDEX = Pattern.compile("[0-9]{1,7}");
    private static final int MAX_PLAIN_SCALE = 400;

    private final ObjectNode params;
    private final Set<String> wrong;
    private final Set<String> problems = new LinkedHashSet<>();
    private final RenderBudget budget = new RenderBudget();

    private Renderer(ObjectNode params, Set<String> wrong) {
        this.params = params;
        this.wrong = wrong;
    }

    /** What became of it; of no use where there are problems. Parts of it may be parts of the template or of the parameters. */
    record Rendering(JsonNode rendered, List<String> problems) {}

    /**
     * @param wrong top-level parameters that have been complained about already
     * @throws TemplateException.NotRendered when it grows too large
     */
    static Rendering render(JsonNode template, ObjectNode params, Set<String> wrong) {
        Renderer renderer = new Renderer(params, wrong);
        JsonNode rendered = renderer.value(template, 1);
        return new Rendering(rendered, List.copyOf(renderer.problems));
    }

    private JsonNode value(JsonNode node, int depth) {
        budget.value(depth);
        return switch (node) {
            case ObjectNode object
            when isTyped(object) -> typed(object.path(TYPED).textValue().strip(), depth);
            case ObjectNode object -> object(object, depth);
            case ArrayNode array -> {
                ArrayNode filled = array.arrayNode();
                array.forEach(item -> filled.add(value(item, depth + 1)));
                yield filled;
            }
            case TextNode text -> TextNode.valueOf(text(text.textValue()));
            default -> {
                budget.text(node.asText());
                yield node;
            }
        };
    }

    private ObjectNode object(ObjectNode object, int depth) {
        ObjectNode filled = object.objectNode();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            budget.text(field.getKey());
            filled.set(field.getKey(), value(field.getValue(), depth + 1));
        }
        return filled;
    }

    private static boolean isTyped(ObjectNode object) {
        return object.size() == 1 && object.path(TYPED).isTextual();
    }

    private JsonNode typed(String path, int depth) {
        JsonNode value = find(path);
        if (value == null) {
            return TextNode.valueOf("");
        }
        admit(path, value, depth);
        return value;
    }

    private void admit(String path, JsonNode value, int depth) {
        budget.value(depth);
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            admit(path, field.getKey());
            admit(path, field.getValue(), depth + 1);
        }
        if (value.isArray()) {
            value.forEach(item -> admit(path, item, depth + 1));
        }
        if (value.isValueNode()) {
            admit(path, value.asText());
        }
    }

    private void admit(String path, String text) {
        budget.text(text);
        if (PlaceholderForm.START_OF_RUNS.matcher(text).find()) {
            intruder(path);
        }
    }

    private String text(String template) {
        Matcher placeholders = PlaceholderForm.FORM.matcher(template);
        Filling filling = new Filling();
        int copied = 0;
        while (placeholders.find()) {
            String path = placeholders.group(1).strip();
            if (!PlaceholderForm.isOfRun(path)) {
                filling.literal(template, copied, placeholders.start());
                copied = placeholders.end();
                JsonNode value = find(path);
                if (value != null) {
                    String text = plain(value);
                    budget.text(text);
                    filling.parameter(path, text);
                }
            }
        }
        if (copied == 0) {
            budget.text(template);
            return template;
        }
        filling.literal(template, copied, template.length());
        budget.text(template);
        filling.intruders(this::intruder);
        return filling.toString();
    }

    private void intruder(String path) {
        problems.add(path + ": must not form a placeholder of the run ({{nodes.…}}, {{run.…}})");
    }

    /** Strings as they are, numbers without an exponent, anything else as compact JSON. */
    private static String plain(JsonNode value) {
        if (value.isTextual()) {
            return value.textValue();
        }
        if (value.isBigDecimal()) {
            BigDecimal number = value.decimalValue();
            return Math.abs(number.scale()) < MAX_PLAIN_SCALE ? number.toPlainString() : number.toString();
        }
        return value.toString();
    }

    /** The value of {@code a.b}, of a parameter whose name has the dot itself, or of {@code a.0} in an array. */
    private @Nullable JsonNode find(String path) {
        JsonNode at = params.get(path);
        if (at == null) {
            at = params;
            for (String name : path.split("\\.", -1)) {
                at = step(at, name);
            }
        }
        if (at == null && !wrong.contains(root(path))) {
            problems.add("missing param: " + path);
        }
        return at;
    }

    private static @Nullable JsonNode step(@Nullable JsonNode at, String name) {
        if (at == null || !at.isArray()) {
            return at == null ? null : at.get(name);
        }
        return INDEX.matcher(name).matches() ? at.get(Integer.parseInt(name)) : null;
    }

    private String root(String path) {
        int dot = path.indexOf('.');
        return dot < 0 || wrong.contains(path) ? path : path.substring(0, dot);
    }
}
