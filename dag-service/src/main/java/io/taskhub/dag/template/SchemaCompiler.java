package io.taskhub.dag.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaException;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.SpecVersionDetector;
import com.networknt.schema.resource.AllowSchemaLoader;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Compiles a JSON Schema that a client sent. It can make the process read nothing: references stay inside the schema, and the only
 * documents that may be loaded are the drafts' own, which are in the library.
 */
final class SchemaCompiler {
    private static final String DRAFT = "$schema";
    private static final int MAX_DEPTH = 64;
    private static final List<String> REFERENCES = List.of("$ref", "$dynamicRef", "$recursiveRef");
    private static final Pattern DRAFTS_OWN =
            Pattern.compile("classpath:draft(-0[467]/schema|/(2019-09|2020-12)/(schema|meta/[a-z-]+))");
    private static final SchemaValidatorsConfig CONFIG = SchemaValidatorsConfig.builder()
            .locale(Locale.ENGLISH)
            .regularExpressionFactory(BoundedRegex::of)
            .formatAssertionsEnabled(true)
            .build();
    private static final Map<VersionFlag, JsonSchemaFactory> FACTORIES = new EnumMap<>(VersionFlag.class);

    static {
        for (VersionFlag version : VersionFlag.values()) {
            FACTORIES.put(version, JsonSchemaFactory.getInstance(version, factory -> factory.enableSchemaCache(false)
                    .schemaLoaders(loaders -> loaders.add(new AllowSchemaLoader(
                            iri -> DRAFTS_OWN.matcher(iri.toString()).matches())))));
        }
    }

    private SchemaCompiler() {}

    /** @throws TemplateException.Invalid saying what is wrong with it */
    static JsonSchema compile(ObjectNode schema) {
        List<String> problems = new ArrayList<>();
        walk(schema, "schema", 1, problems);
        refuse(problems);
        JsonSchemaFactory factory = factory(schema);
        try {
            VersionFlag version = version(schema);
            factory.getSchema(SchemaLocation.of(version.getId()), CONFIG)
                    .validate(schema)
                    .forEach(message -> problems.add(SchemaProblem.of(message).textIn("schema")));
            refuse(problems);
            JsonSchema compiled = factory.getSchema(schema, CONFIG);
            compiled.initializeValidators();
            // a schema that only ever refers to itself is found out here and not by its first user
            compiled.validate(JsonNodeFactory.instance.objectNode());
            return compiled;
        } catch (JsonSchemaException e) {
            throw new TemplateException.Invalid(List.of("schema: " + e.getMessage()));
        } catch (StackOverflowError e) {
            throw new TemplateException.Invalid(List.of("schema: refers to itself without end"));
        }
    }

    private static JsonSchemaFactory factory(ObjectNode schema) {
        JsonSchemaFactory factory = FACTORIES.get(version(schema));
        if (factory == null) {
            throw new IllegalStateException("no such draft");
        }
        return factory;
    }

    private static VersionFlag version(ObjectNode schema) {
        JsonNode draft = schema.path(DRAFT);
        return draft.isMissingNode()
                ? VersionFlag.V202012
                : SpecVersionDetector.detectOptionalVersion(draft.asText())
                        .orElseThrow(() -> new TemplateException.Invalid(
                                List.of("schema.$schema: unknown draft " + draft.asText())));
    }

    private static void walk(JsonNode node, String path, int depth, List<String> problems) {
        if (depth > MAX_DEPTH) {
            throw new TemplateException.Invalid(List.of("schema is nested deeper than " + MAX_DEPTH + " levels"));
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            JsonNode value = field.getValue();
            if (REFERENCES.contains(field.getKey())
                    && value.isTextual()
                    && !value.textValue().startsWith("#")) {
                problems.add(path + "." + field.getKey() + ": only references inside the schema (#…) are allowed");
            }
            walk(value, path + "." + field.getKey(), depth + 1, problems);
        }
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                walk(node.path(i), path + "[" + i + "]", depth + 1, problems);
            }
        }
    }

    private static void refuse(List<String> problems) {
        if (!problems.isEmpty()) {
            throw new TemplateException.Invalid(problems);
        }
    }
}
