package io.taskhub.dag.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ParameterSchemaTest {
    private static final String CONTRACTS = """
            {params: [{name: 'x', type: 'string', required: true}, {name: 'y', type: 'int', required: true, defaultValue: 7},
             {name: 'b', type: 'bool'}, {name: 'j', type: 'json', required: true, defaultValue: {k: 1}}, {name: 'free'}]}
            """;
    private static final String STANDARD = """
            {type: 'object', required: ['x', 'z'], additionalProperties: false, properties: {
             x: {type: 'string', pattern: '^a+$'}, y: {type: 'integer', default: 7},
             z: {type: 'object', required: ['n'], properties: {l: {type: 'array', items: {type: 'integer'}}}}, e: {format: 'ipv4'}}}
            """;

    private static ParameterSchema.Checked check(String schema, String params) {
        return ParameterSchema.of(Json.object(schema)).check(Json.object(params));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {x: 'a'}                                      | {"x":"a","y":7,"j":{"k":1}}
            {x: '', y: 0, b: false, j: null, other: [1]}  | {"x":"","y":0,"b":false,"j":null,"other":[1]}
            {x: 'a', y: null, b: null, free: 'f'}         | {"x":"a","free":"f","y":7,"j":{"k":1}}
            """)
    void the_contracts_schema_fills_in_defaults(String params, String filled) {
        var checked = check(CONTRACTS, params);
        assertThat(checked.problems()).isEmpty();
        assertThat(checked.params()).isEqualTo(Json.of(filled));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                            | x: required
            {y: '3'}                      | x: required; y: type mismatch
            {x: 1, y: 1.5, b: 'true'}     | x: type mismatch; y: type mismatch; b: type mismatch
            {x: null, free: {}}           | x: required; free: type mismatch
            """)
    void the_contracts_schema_tells_all_problems_in_its_order(String params, String problems) {
        assertThat(String.join("; ", check(CONTRACTS, params).problems())).isEqualTo(problems);
    }

    @Test
    void json_schema_fills_in_defaults_at_the_top() {
        var checked = check(STANDARD, "{x: 'aa', z: {n: 1}}");
        assertThat(checked.problems()).isEmpty();
        assertThat(checked.params().path("y").intValue()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                   | x: required; z: required
            {y: 'q', z: {n: 1}}                  | x: required; y: string found, integer expected
            {x: 'b', z: {l: [1, 'x']}}           | x: does not match the regex pattern ^a+$; z.n: required; z.l[1]: string found, integer expected
            {x: 'a', z: {n: 1}, more: 1}         | params: property 'more' is not defined in the schema and the schema does not allow additional properties
            {x: 'a', z: {n: 1}, e: 'nowhere'}    | e: does not match the ipv4 pattern must be a valid RFC 2673 IP address
            """)
    void json_schema_tells_all_problems_with_their_paths(String params, String problems) {
        assertThat(check(STANDARD, params).problems()).containsExactlyInAnyOrder(problems.split("; ", -1));
        assertThat(check(STANDARD, params).problems().getFirst()).isEqualTo(problems.split("; ", -1)[0]);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {params: {}}                                        | schema.params must be an array
            {params: [1]}                                       | schema.params[0] must be an object
            {params: [{type: 'int'}]}                           | schema.params[0].name must be a string that is not empty
            {params: [{name: 'a', type: 'float'}]}              | schema.params[0].type must be string, int, bool or json
            {params: [{name: 'a', required: 'yes'}]}            | schema.params[0].required must be a boolean
            {params: [{name: 'a', type: 'int', defaultValue: 'x'}]} | schema.params[0].defaultValue: type mismatch
            {params: [{name: 'run'}, {name: 'nodes.a'}]}        | schema.params[0].name: nodes and run are reserved; schema.params[1].name: nodes and run are reserved
            {params: [{name: 'a'}, {name: 'a'}]}                | schema.params: duplicate name a
            {type: 'objekt'}                                    | schema.type: does not have a value in the enumeration
            {properties: {a: {minimum: 'x'}}}                   | schema.properties.a.minimum: string found, number expected
            {'$schema': 'http://example.com/mine'}              | schema.$schema: unknown draft http://example.com/mine
            {properties: {a: {'$ref': 'http://127.0.0.1:1/x'}}} | schema.properties.a.$ref: only references inside the schema (#…) are allowed
            {'$ref': 'file:///etc/passwd'}                      | schema.$ref: only references inside the schema (#…) are allowed
            {allOf: [{'$ref': 'classpath:application.properties'}]} | schema.allOf[0].$ref: only references inside the schema (#…) are allowed
            {properties: {a: {'$ref': '#/$defs/none'}}}         | schema:
            {'$ref': '#'}                                       | schema: refers to itself without end
            {properties: {a: {pattern: '('}}}                   | schema
            """)
    void a_schema_that_is_wrong_itself_is_refused_with_the_reason(String schema, String reason) {
        assertThatThrownBy(() -> ParameterSchema.of(Json.object(schema)))
                .isInstanceOf(TemplateException.Invalid.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "http://json-schema.org/draft-04/schema#",
        "http://json-schema.org/draft-06/schema#",
        "http://json-schema.org/draft-07/schema#",
        "https://json-schema.org/draft/2019-09/schema",
        "https://json-schema.org/draft/2020-12/schema"
    })
    void every_draft_of_the_library_is_known(String draft) {
        ObjectNode schema = Json.object(STANDARD).put("$schema", draft);
        schema.set("definitions", Json.of("{n: {type: 'integer'}}"));
        ((ObjectNode) schema.path("properties")).set("r", Json.of("{'$ref': '#/definitions/n'}"));
        assertThat(ParameterSchema.of(schema)
                        .check(Json.object("{x: 'a', z: {n: 1}, r: 'no'}"))
                        .problems())
                .containsExactly("r: string found, integer expected");
    }

    @Test
    void a_schema_that_refers_to_itself_may_describe_trees() {
        var schema =
                "{properties: {t: {'$ref': '#/$defs/tree'}}, '$defs': {tree: {type: 'object', additionalProperties: {'$ref': '#/$defs/tree'}}}}";
        assertThat(check(schema, "{t: {a: {b: 1}}}").problems())
                .containsExactly("t.a.b: integer found, object expected");
    }

    @Test
    void a_pattern_that_backtracks_without_end_is_given_up() {
        ObjectNode params = Json.object("{}").put("x", "a".repeat(60) + "b");
        ParameterSchema schema = ParameterSchema.of(Json.object("{properties: {x: {pattern: '^(a+)+\\\\1c$'}}}"));
        assertThatThrownBy(() -> schema.check(params))
                .isInstanceOf(TemplateException.NotRendered.class)
                .hasMessage("schema: pattern takes too long: ^(a+)+\\1c$");
    }

    @Test
    void an_empty_schema_allows_everything() {
        assertThat(check("{}", "{a: [1]}").problems()).isEmpty();
    }
}
