package io.taskhub.task.api.taskhub;

/** Whole numbers in query strings. */
final class Numbers {
    private Numbers() {}

    /** @throws TaskHubError 400 naming the parameter */
    static long parse(String parameter, String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw TaskHubError.badRequest(parameter + " must be a whole number");
        }
    }
}
