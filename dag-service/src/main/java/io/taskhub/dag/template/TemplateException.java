package io.taskhub.dag.template;

import java.util.List;

/** Why a template cannot be stored, found or rendered. */
public abstract sealed class TemplateException extends RuntimeException {
    private static final int MOST_TOLD = 100;

    private TemplateException(String message) {
        super(message, null, false, false);
    }

    private static String told(List<String> problems) {
        String told = String.join("; ", problems.subList(0, Math.min(problems.size(), MOST_TOLD)));
        int more = problems.size() - MOST_TOLD;
        return more > 0 ? told + "; and " + more + " more" : told;
    }

    /** No template has this id. */
    public static final class NotFound extends TemplateException {
        public NotFound() {
            super("template not found");
        }
    }

    /** Another template has this id. */
    public static final class AlreadyExists extends TemplateException {
        public AlreadyExists() {
            super("template id already exists");
        }
    }

    /** The template could never be rendered; the message says why. */
    public static final class Invalid extends TemplateException {
        public Invalid(List<String> problems) {
            super(told(problems));
        }
    }

    /** These parameters do not fit the template; the message has everything that is wrong, joined by "; ". */
    public static final class NotRendered extends TemplateException {
        public NotRendered(List<String> problems) {
            super(told(problems));
        }
    }

    /** What was rendered is no DAG: a task has no id. */
    public static final class TaskIdMissing extends TemplateException {
        public TaskIdMissing() {
            super("task id is required");
        }
    }
}
