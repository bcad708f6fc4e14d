package io.taskhub.e2e.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/** What the contracts promise of a reply; the error bodies are those of decisions §1. */
public final class ReplyAssert extends AbstractAssert<ReplyAssert, Reply> {

    private ReplyAssert(Reply reply) {
        super(reply, ReplyAssert.class);
        as(reply.toString());
    }

    public static ReplyAssert assertThatReply(Reply reply) {
        return new ReplyAssert(reply);
    }

    public ReplyAssert hasStatus(int status) {
        Assertions.assertThat(actual.status()).as(actual.toString()).isEqualTo(status);
        return this;
    }

    /** The value at the pointer is exactly this text, number, boolean or null. */
    public ReplyAssert has(String pointer, @Nullable Object value) {
        JsonNode node = actual.at(pointer);
        String as = pointer + " of " + actual;
        switch (value) {
            case null ->
                Assertions.assertThat(node.isNull()).as(as + " is null").isTrue();
            case String text -> {
                Assertions.assertThat(node.isTextual()).as(as + " is text").isTrue();
                Assertions.assertThat(node.asText()).as(as).isEqualTo(text);
            }
            case Boolean flag -> {
                Assertions.assertThat(node.isBoolean()).as(as + " is boolean").isTrue();
                Assertions.assertThat(node.asBoolean()).as(as).isEqualTo(flag);
            }
            case Number number -> {
                Assertions.assertThat(node.isNumber()).as(as + " is a number").isTrue();
                Assertions.assertThat(node.asDouble()).as(as).isEqualTo(number.doubleValue());
            }
            default -> throw new IllegalArgumentException("no JSON value: " + value);
        }
        return this;
    }

    public ReplyAssert hasTextMatching(String pointer, String regex) {
        Assertions.assertThat(actual.at(pointer).isTextual())
                .as(pointer + " is text in " + actual)
                .isTrue();
        Assertions.assertThat(actual.text(pointer))
                .as(pointer + " of " + actual)
                .matches(regex);
        return this;
    }

    public ReplyAssert hasInteger(String pointer) {
        Assertions.assertThat(actual.at(pointer).isIntegralNumber())
                .as(pointer + " is an integer in " + actual)
                .isTrue();
        return this;
    }

    /** At least these fields, whatever was added to them. */
    public ReplyAssert hasFields(String pointer, String... names) {
        List<String> found = new ArrayList<>();
        actual.at(pointer).fieldNames().forEachRemaining(found::add);
        Assertions.assertThat(found).as(pointer + " of " + actual).contains(names);
        return this;
    }

    /** A success of the TaskHub dialect. */
    public ReplyAssert isOk() {
        return hasStatus(200).has("/code", 0).has("/message", "ok");
    }

    /** An error of the TaskHub dialect. */
    public ReplyAssert isTaskHubError(int status, int code) {
        return hasStatus(status)
                .has("/code", code)
                .hasTextMatching("/message", "(?s).+")
                .has("/data", null);
    }

    /** An error of Tasks v1. */
    public ReplyAssert isV1Error(int status, String code) {
        hasStatus(status).has("/code", code).hasTextMatching("/error", "(?s).+");
        JsonNode details = actual.at("/details");
        Assertions.assertThat(details.isMissingNode() || details.isObject())
                .as("details is an object in " + actual)
                .isTrue();
        return this;
    }

    /** An error of templates, cron and workers. */
    public ReplyAssert isNotOk(int status) {
        return hasStatus(status)
                .has("/ok", false)
                .hasTextMatching("/error", "(?s).+")
                .hasTextMatching("/message", "(?s).+");
    }

    /** RFC 9457. */
    public ReplyAssert isProblem(int status) {
        Assertions.assertThat(actual.headers().firstValue("content-type").orElse(""))
                .as("content type of " + actual)
                .startsWith("application/problem+json");
        return hasStatus(status).has("/status", status).hasTextMatching("/code", ".+");
    }
}
