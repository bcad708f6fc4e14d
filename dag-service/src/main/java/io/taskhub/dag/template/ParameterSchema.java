package io.taskhub.dag.template;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/** What a template says about its parameters: the contract's own form, or JSON Schema. */
sealed interface ParameterSchema permits ParameterList, JsonSchemaRules {

    /**
     * @param params with defaults filled in
     * @param problems everything that is wrong, in the schema's order
     * @param wrong top-level names that a problem is about
     */
    record Checked(ObjectNode params, List<String> problems, Set<String> wrong) {}

    Checked check(ObjectNode params);

    /**
     * {@code {"params":[…]}} is the contract's form, {@code {}} allows everything, anything else is JSON Schema.
     *
     * @throws TemplateException.Invalid when the schema itself is wrong
     */
    static ParameterSchema of(ObjectNode schema) {
        return schema.has(ParameterList.FIELD) || schema.isEmpty()
                ? ParameterList.of(schema)
                : JsonSchemaRules.of(schema);
    }
}
