package io.taskhub.task.agents;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A quoted part of a text; {@code start} and {@code end} are those of the marks. */
record Quote(int start, int end, String text) {
    private static final char HIDDEN = '\uE000';
    private static final Pattern RUN = Pattern.compile("\\s{2,}");
    private static final Pattern FORM =
            Pattern.compile("\"([^\"\n]+)\"|“([^”\n]+)”|「([^」\n]+)」|『([^』\n]+)』|《([^》\n]+)》|‘([^’\n]+)’"
                    + "|`([^`\n]+)`|(?<![\\p{L}\\p{N}])'([^'\n]+)'(?![\\p{L}\\p{N}])");

    static List<Quote> allIn(String text) {
        List<Quote> found = new ArrayList<>();
        Matcher form = FORM.matcher(text);
        while (form.find()) {
            String inside = form.group().substring(1, form.group().length() - 1).strip();
            if (!inside.isEmpty()) {
                found.add(new Quote(form.start(), form.end(), inside));
            }
        }
        return found;
    }

    static Optional<Quote> firstIn(String text) {
        return allIn(text).stream().findFirst();
    }

    /** The text with every run of blanks as one, a line's end where there was one; what is quoted stays as it is. */
    static String spaced(String text) {
        StringBuilder spaced = new StringBuilder();
        int end = 0;
        Matcher runs = RUN.matcher(hide(text));
        while (runs.find()) {
            spaced.append(text, end, runs.start()).append(runs.group().indexOf('\n') < 0 ? ' ' : '\n');
            end = runs.end();
        }
        return spaced.append(text, end, text.length()).toString();
    }

    /** The text with what is quoted, and every address, made unreadable; places stay what they are. */
    static String hide(String text) {
        StringBuilder hidden = new StringBuilder(text);
        allIn(text).forEach(quote -> cover(hidden, quote.start() + 1, quote.end() - 1));
        Address.allIn(text).forEach(address -> cover(hidden, address.start(), address.end()));
        return hidden.toString();
    }

    private static void cover(StringBuilder text, int start, int end) {
        for (int i = start; i < end; i++) {
            text.setCharAt(i, HIDDEN);
        }
    }
}
