package io.taskhub.cron;

import io.taskhub.contracts.TaskConfig;
import java.util.Map;

/** What a job starts. */
public sealed interface Target {

    /** The contract's word for it, {@code target_type}. */
    String type();

    /** The field of a job's body that describes it. */
    String field();

    /** What that field holds. */
    Map<String, Object> body();

    record SingleTask(TaskConfig task) implements Target {
        public static final String TYPE = "SingleTask";

        @Override
        public String type() {
            return TYPE;
        }

        @Override
        public String field() {
            return "task";
        }

        @Override
        public Map<String, Object> body() {
            return task.toMap();
        }
    }

    /** @param body that of {@code POST /api/dag/run} */
    record Dag(Map<String, Object> body) implements Target {
        public static final String TYPE = "Dag";

        @Override
        public String type() {
            return TYPE;
        }

        @Override
        public String field() {
            return "dag";
        }
    }

    record Template(String templateId, Map<String, Object> params) implements Target {
        public static final String TYPE = "Template";

        @Override
        public String type() {
            return TYPE;
        }

        @Override
        public String field() {
            return "template";
        }

        @Override
        public Map<String, Object> body() {
            return Map.of("template_id", templateId, "params", params);
        }
    }
}
