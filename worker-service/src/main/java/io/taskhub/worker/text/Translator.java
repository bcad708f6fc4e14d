package io.taskhub.worker.text;

import java.io.IOException;

/** Translates Markdown by the configured model. */
public interface Translator {

    /** Whether a model is configured at all. */
    boolean isConfigured();

    /**
     * The same document in another language: structure, code, links and addresses stay as they are.
     *
     * @param from language code such as {@code en}
     * @param to language code such as {@code de}, {@code zh-CN}
     * @throws IOException when the model cannot be reached, refuses, or answers nothing useful
     */
    String translate(String markdown, String from, String to) throws IOException, InterruptedException;
}
