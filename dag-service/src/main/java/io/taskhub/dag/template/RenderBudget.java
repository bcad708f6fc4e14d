package io.taskhub.dag.template;

import java.util.List;

/** Ends a rendering that grows beyond what a run may be: 8 MiB of UTF-8, 100 levels. */
final class RenderBudget {
    static final int MAX_BYTES = 8 << 20;
    static final int MAX_DEPTH = 100;

    private int left = MAX_BYTES;

    void text(String text) {
        spend(bytes(text));
    }

    void value(int depth) {
        if (depth > MAX_DEPTH) {
            throw new TemplateException.NotRendered(
                    List.of("rendered template is nested deeper than " + MAX_DEPTH + " levels"));
        }
        spend(2);
    }

    private void spend(int bytes) {
        left -= bytes;
        if (left < 0) {
            throw new TemplateException.NotRendered(
                    List.of("rendered template is larger than " + MAX_BYTES + " bytes"));
        }
    }

    private static int bytes(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return bytes;
    }
}
