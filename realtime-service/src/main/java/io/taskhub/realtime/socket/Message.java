package io.taskhub.realtime.socket;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One message of a client: a command and, in the first one, a token.
 *
 * @param token as given; null when absent or not a text
 */
record Message(@Nullable String token, Command command) {
    private static final Pattern SEQ = Pattern.compile("\\d{1,18}");
    private static final int MAX_TEXT = 256;

    /** Never throws: what cannot be understood is {@link Command.Invalid}. */
    static Message parse(ObjectMapper json, String text) {
        try {
            JsonNode node = json.readTree(text);
            if (node == null || !node.isObject()) {
                return new Message(null, new Command.Invalid("a message must be a JSON object"));
            }
            return new Message(node.path("token").textValue(), command(node));
        } catch (JsonProcessingException e) {
            return new Message(null, new Command.Invalid("invalid json"));
        }
    }

    private static Command command(JsonNode node) {
        if (node.hasNonNull("token") && !node.has("op") && !node.has("topic")) {
            return new Command.Authenticate();
        }
        String op = text(node, "op");
        return switch (op == null ? "" : op.toLowerCase(Locale.ROOT)) {
            case "" -> new Command.Invalid("missing op");
            case "subscribe", "0" -> subscribe(node);
            case "unsubscribe", "1" -> unsubscribe(node);
            case "ping", "2" -> new Command.Ping();
            default -> new Command.Invalid("unknown op: " + brief(op));
        };
    }

    private static Command subscribe(JsonNode node) {
        String from = text(node, "from");
        if (from != null && !SEQ.matcher(from).matches()) {
            return new Command.Invalid("from must be a sequence number");
        }
        return switch (unsubscribe(node)) {
            case Command.Unsubscribe(Command.Target target) ->
                new Command.Subscribe(target, from == null ? null : Long.valueOf(from));
            case Command other -> other;
        };
    }

    private static Command unsubscribe(JsonNode node) {
        String topic = text(node, "topic");
        String task = text(node, "task_id");
        String run = text(node, "run_id");
        if (topic == null) {
            return new Command.Invalid("missing topic");
        }
        if (task == null) {
            return new Command.Invalid("missing task_id");
        }
        if (task.length() > MAX_TEXT || (run != null && run.length() > MAX_TEXT)) {
            return new Command.Invalid("task_id or run_id too long");
        }
        Optional<Topic> known = Topic.parse(topic);
        return known.isPresent()
                ? new Command.Unsubscribe(new Command.Target(known.get(), task, run))
                : new Command.Invalid("unknown topic: " + brief(topic));
    }

    /** A text or an integer as text; null when absent, empty or anything else. */
    private static @Nullable String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        String text = value.isTextual() || value.isIntegralNumber() ? value.asText() : "";
        return text.isEmpty() ? null : text;
    }

    private static String brief(@Nullable String text) {
        String all = String.valueOf(text);
        return all.length() > MAX_TEXT ? all.substring(0, MAX_TEXT) : all;
    }
}
