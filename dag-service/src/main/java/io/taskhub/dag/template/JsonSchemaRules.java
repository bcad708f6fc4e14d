package io.taskhub.dag.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaException;
import com.networknt.schema.ValidationMessage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Parameters described by JSON Schema. Defaults of top-level properties are filled in before the check. SchemaProblems read
 * {@code <path>: <message>}, ordered as the schema orders its properties.
 */
record JsonSchemaRules(ObjectNode schema, JsonSchema compiled) implements ParameterSchema {
    private static final String PROPERTIES = "properties";

    static JsonSchemaRules of(ObjectNode schema) {
        return new JsonSchemaRules(schema, SchemaCompiler.compile(schema));
    }

    @Override
    public Checked check(ObjectNode params) {
        ObjectNode filled = params.objectNode();
        filled.setAll(params);
        Map<String, Integer> order = new HashMap<>();
        schema.path(PROPERTIES).properties().forEach(property -> {
            order.put(property.getKey(), order.size());
            JsonNode value = property.getValue().get("default");
            if (value != null && !filled.has(property.getKey())) {
                filled.set(property.getKey(), value);
            }
        });
        List<SchemaProblem> problems = problems(filled);
        problems.sort(Comparator.comparingInt(problem -> order.getOrDefault(problem.root(), order.size())));
        Set<String> wrong = new HashSet<>();
        problems.forEach(problem -> wrong.add(problem.root()));
        return new Checked(
                filled, problems.stream().map(SchemaProblem::text).distinct().toList(), wrong);
    }

    private List<SchemaProblem> problems(ObjectNode params) {
        try {
            List<SchemaProblem> problems = new ArrayList<>();
            for (ValidationMessage message : compiled.validate(params)) {
                problems.add(SchemaProblem.of(message));
            }
            return problems;
        } catch (JsonSchemaException | BoundedRegex.TooLongException e) {
            throw new TemplateException.NotRendered(List.of("schema: " + e.getMessage()));
        } catch (StackOverflowError e) {
            throw new TemplateException.NotRendered(List.of("schema: nested too deep"));
        }
    }
}
