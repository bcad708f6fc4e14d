package io.taskhub.dag.template;

import com.networknt.schema.JsonSchemaException;
import com.networknt.schema.regex.RegularExpression;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A {@code pattern} of a schema that a client wrote: it is given up when it looks at characters too often. */
record BoundedRegex(Pattern pattern) implements RegularExpression {
    private static final int MAX_LOOKS = 2_000_000;

    /** The pattern backtracks without end on this text. */
    static final class TooLongException extends RuntimeException {
        TooLongException(Pattern pattern) {
            super("pattern takes too long: " + pattern, null, false, false);
        }
    }

    static RegularExpression of(String regex) {
        try {
            return new BoundedRegex(Pattern.compile(regex));
        } catch (PatternSyntaxException e) {
            throw new JsonSchemaException("pattern " + regex + ": " + e.getDescription());
        }
    }

    @Override
    public boolean matches(String value) {
        return pattern.matcher(new Watched(value, pattern)).find();
    }

    private static final class Watched implements CharSequence {
        private final CharSequence text;
        private final Pattern pattern;
        private int looks;

        Watched(CharSequence text, Pattern pattern) {
            this.text = text;
            this.pattern = pattern;
        }

        @Override
        public char charAt(int index) {
            if (++looks > MAX_LOOKS + text.length()) {
                throw new TooLongException(pattern);
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
