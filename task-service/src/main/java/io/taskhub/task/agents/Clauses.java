package io.taskhub.task.agents;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a prompt into clauses at its verbs. What stands before a verb and belongs to it ("在用户名中", "In the search box,") is its
 * place, what follows is its object.
 */
final class Clauses {
    private static final Pattern VERBS = Verb.pattern();

    /** A place before its verb: at the end of what stood before, behind a separator or a blank. */
    private static final Pattern PLACE = Pattern.compile(
            "(?:^|[\\s,;.!?，。；、！？\"”」』]|并且|然后|接着|之后|最后|并|再|后|请)\\s*(?<word>在|往|向|从|用(?!户)|把|将|去(?![年除])|到(?![底顶达])|上(?![海面传方午次个一]))(?<rest>[^\\n,;，。；、！？]{1,120})$");

    private static final Pattern ENGLISH_PLACE = Pattern.compile(
            "(?:^|[\\n,;.!?，。；]|\\b(?:and|then|please)\\s)\\s*(?<word>in|into|on|at|from|using|with|inside|within)\\s+(?<rest>[^\\n,;，。；]{1,120}?)[,，:]?\\s*$",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern LAST_PART =
            Pattern.compile("(?:^|[\\n,;.，。；、]|并且|然后|接着|并|再)(?<rest>[^\\n,;.，。；、]{1,20})$");
    private static final Pattern INSIDE = Pattern.compile("(?:里面|上面|当中|之中|中|里|内|上)\\s*$");

    private Clauses() {}

    /**
     * @param place empty when nothing is said of it
     * @param verb null = what stands before the first verb, or the whole prompt when it has none
     * @param word the verb as it was written
     * @param object what follows the verb, without separators at its ends
     */
    record Clause(String place, @Nullable Verb verb, String word, String object) {}

    private record Anchor(int from, int start, int end, Verb verb) {}

    static List<Clause> of(String prompt) {
        String hidden = Quote.hide(prompt);
        List<Anchor> anchors = anchors(hidden);
        List<Clause> clauses = new ArrayList<>();
        int first = anchors.isEmpty() ? prompt.length() : anchors.getFirst().from();
        String place = "";
        int bodyEnd = first;
        if (!anchors.isEmpty()) {
            int cut =
                    placeStart(hidden.substring(0, first), 0, anchors.getFirst().verb());
            place = prompt.substring(cut, first);
            bodyEnd = cut;
        }
        if (!Ends.trim(prompt.substring(0, bodyEnd)).isEmpty()) {
            clauses.add(new Clause("", null, "", Ends.trim(prompt.substring(0, bodyEnd))));
        }
        for (int i = 0; i < anchors.size(); i++) {
            Anchor anchor = anchors.get(i);
            boolean isLast = i + 1 == anchors.size();
            int next = isLast
                    ? prompt.length()
                    : Math.max(anchor.end(), anchors.get(i + 1).from());
            String between = hidden.substring(anchor.end(), next);
            int cut = anchor.end()
                    + (isLast
                            ? between.length()
                            : placeStart(between, 1, anchors.get(i + 1).verb()));
            clauses.add(new Clause(
                    placeOf(place),
                    anchor.verb(),
                    prompt.substring(anchor.start(), anchor.end()),
                    Ends.trim(prompt.substring(anchor.end(), cut))));
            place = prompt.substring(cut, next);
        }
        return clauses;
    }

    private static List<Anchor> anchors(String hidden) {
        List<Anchor> anchors = new ArrayList<>();
        Matcher verbs = VERBS.matcher(hidden);
        while (verbs.find()) {
            boolean english = verbs.group("en") != null;
            int start = english ? verbs.start("en") : verbs.start("zh");
            Anchor last = anchors.isEmpty() ? null : anchors.getLast();
            boolean isObject = !english
                    && last != null
                    && last.verb().takesAnObject()
                    && hidden.substring(last.end(), start).isBlank();
            if (!isObject) {
                anchors.add(new Anchor(english ? fromOf(verbs, hidden) : start, start, verbs.end(), Verb.of(verbs)));
            }
        }
        return anchors;
    }

    /** A Chinese character or a closing quote that an English verb begins behind is not part of the separator. */
    private static int fromOf(Matcher verbs, String hidden) {
        int from = verbs.start();
        int start = verbs.start("en");
        while (from < start && belongsToTheTextBefore(hidden.charAt(from))) {
            from++;
        }
        return from;
    }

    private static boolean belongsToTheTextBefore(char c) {
        return c == '\uE000' || "\"”」』".indexOf(c) >= 0 || Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN;
    }

    /** Where in {@code text}, not before {@code least}, the place of the verb that follows begins; its length when it has none. */
    private static int placeStart(String text, int least, Verb verb) {
        for (Pattern form : List.of(PLACE, ENGLISH_PLACE)) {
            Matcher place = form.matcher(text);
            int found = -1;
            for (int from = 0; from <= text.length() && place.find(from); from = place.start() + 1) {
                found = place.start("word");
            }
            if (found >= least) {
                return found;
            }
        }
        if (verb == Verb.TYPE || verb == Verb.SELECT) {
            Matcher part = LAST_PART.matcher(text);
            if (part.find()
                    && part.start("rest") >= least
                    && !part.group("rest").isBlank()) {
                return part.start("rest");
            }
        }
        return text.length();
    }

    private static String placeOf(String text) {
        String bare = Ends.trim(text)
                .replaceFirst(
                        "(?i)^(?:在|往|向|从|用(?!户)|把|将|去|到|上|(?:in|into|on|at|from|using|with|inside|within)\\s)\\s*", "");
        return INSIDE.matcher(bare).replaceFirst("").strip();
    }
}
