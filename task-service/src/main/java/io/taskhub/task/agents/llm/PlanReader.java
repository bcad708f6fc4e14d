package io.taskhub.task.agents.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.taskhub.contracts.Plan;
import io.taskhub.contracts.TaskId;
import io.taskhub.task.agents.PlanCheck;
import java.util.List;

/**
 * Reads a model's answer as a plan. What is harmless is mended: a code fence, ids out of order, fields that may be left out. Task id and
 * time are ours whatever it says. Everything else must be right.
 */
final class PlanReader {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(LogicalType.Textual, texts -> List.of(
                            CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean)
                    .forEach(shape -> texts.setCoercion(shape, CoercionAction.Fail)))
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final int LONGEST = 64 << 10;

    private PlanReader() {}

    /** @throws IllegalArgumentException saying what is wrong with it, for the model to read */
    static Plan read(String answer, TaskId id, String createdAt) {
        try {
            JsonNode json = MAPPER.readTree(bare(answer));
            if (!(json instanceof ObjectNode plan) || !(plan.get("steps") instanceof ArrayNode steps)) {
                throw new IllegalArgumentException("the answer must be one JSON object with an array \"steps\"");
            }
            plan.put("task_id", id.tsk()).put("created_at", createdAt);
            missing(plan, "description");
            mendMeta(plan);
            for (int i = 0; i < steps.size(); i++) {
                mendStep(steps.get(i), i + 1);
            }
            if (plan.toString().codePoints().anyMatch(PlanReader::isHalf)) {
                throw new IllegalArgumentException("the answer holds half of a character");
            }
            return PlanCheck.checked(MAPPER.treeToValue(plan, Plan.class));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
    }

    private static void mendMeta(ObjectNode plan) {
        ObjectNode meta = plan.get("meta") instanceof ObjectNode object ? object : plan.putObject("meta");
        for (String list : List.of("rationale", "risk_assessment", "overlays")) {
            if (!(meta.get(list) instanceof ArrayNode)) {
                meta.putArray(list);
            }
        }
    }

    private static void mendStep(JsonNode json, int number) {
        if (!(json instanceof ObjectNode step) || !(step.get("tool") instanceof ObjectNode tool)) {
            throw new IllegalArgumentException("step " + number + " must be an object with an object \"tool\"");
        }
        step.put("id", "step-" + number);
        missing(step, "detail");
        if (step.get("validations") instanceof ArrayNode validations) {
            validations.forEach(validation -> {
                if (validation instanceof ObjectNode object) {
                    missing(object, "description");
                }
            });
        } else {
            step.putArray("validations");
        }
        if (!(step.get("metadata") instanceof ObjectNode)) {
            step.putObject("metadata");
        }
        if (!step.hasNonNull("requires_approval")) {
            step.put("requires_approval", false);
        }
        if (!tool.hasNonNull("wait")) {
            tool.put("wait", Plan.Tool.DOM_READY);
        }
    }

    private static boolean isHalf(int c) {
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    }

    private static void missing(ObjectNode object, String text) {
        if (!object.hasNonNull(text)) {
            object.put(text, "");
        }
    }

    /** Some models put the answer into a fence, or a sentence before it. */
    private static String bare(String answer) {
        if (answer.length() > LONGEST) {
            throw new IllegalArgumentException("the answer is too long");
        }
        int start = answer.indexOf('{');
        int end = answer.lastIndexOf('}');
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("the answer holds no JSON object");
        }
        return answer.substring(start, end + 1);
    }
}
