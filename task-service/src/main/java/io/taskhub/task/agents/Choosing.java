package io.taskhub.task.agents;

import io.taskhub.contracts.PlanAction;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** "select X from F", "从F中选择X": which option, of which list. */
final class Choosing {
    private static final Pattern FROM = Pattern.compile(
            "^(?<value>.+?)\\s+(?:from|in|as|for)\\s+(?<list>.{1,80})$", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern IS = Pattern.compile("^(?<list>.{1,30}?)\\s*(?:为|成)\\s*(?<value>.+)$", Pattern.DOTALL);
    private static final Pattern FILLER = Pattern.compile(
            "^(?:the\\s+)?(?:option|value|item)\\s+|^(?:选项|值)\\s*|\\s+(?:option|item)$|\\s*选项$",
            Pattern.CASE_INSENSITIVE);

    private Choosing() {}

    static PlanAction read(String place, String object) {
        if (!place.isBlank()) {
            return choice(place, object);
        }
        for (Pattern form : List.of(FROM, IS)) {
            Matcher match = form.matcher(object);
            if (match.matches()) {
                return choice(match.group("list"), match.group("value"));
            }
        }
        return choice("", object);
    }

    private static PlanAction choice(String list, String value) {
        String bare = Quote.firstIn(value).map(Quote::text).orElseGet(() -> FILLER.matcher(Target.bare(value))
                .replaceAll("")
                .strip());
        return new PlanAction.Select(Target.list(list), bare.isEmpty() ? value.strip() : bare);
    }
}
