package io.taskhub.task.api.admin.diagnostics;

/** The same words in both languages. */
record Phrase(String chinese, String english) {

    /** Words that somebody else wrote, the same to everybody. */
    static Phrase quoted(String text) {
        return new Phrase(text, text);
    }

    String in(Language language) {
        return switch (language) {
            case CHINESE -> chinese;
            case ENGLISH -> english;
        };
    }
}
