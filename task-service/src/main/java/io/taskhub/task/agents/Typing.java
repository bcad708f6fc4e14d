package io.taskhub.task.agents;

import io.taskhub.contracts.PlanAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** "type X into F", "fill F with X", "在F中输入X": what is typed, and where. */
final class Typing {
    /** Between two fields, not within a text. */
    private static final Pattern AND = Pattern.compile(
            "\\s+and\\s+(?=[\\w ]{1,30}\\s+with\\s)|(?<=[\"”'’])\\s*(?:and|和|、|，|,)\\s*(?=[^\"“'‘\\s][^\"“'‘]{0,30}[\"“'‘])");

    private static final Pattern WITH = Pattern.compile(
            "^(?<field>.{1,80}?)\\s+(?:with|=)\\s+(?<text>.+)$", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern INTO = Pattern.compile(
            "^(?<text>.+?)\\s+(?:into|as|to|in|on)\\s+(?<field>(?:the\\s+|your\\s+|#|\\.|\\[|\"|“).{1,80}|.{1,60}?(?:field|box|bar|input|area|form)|[\\w-]{1,30})$",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern INTO_CHINESE =
            Pattern.compile("^(?<text>.+?)\\s*(?:到|进|至|入|在)\\s*(?<field>.{1,40}?)(?:里面|之中|中|里|内)?$", Pattern.DOTALL);
    private static final Pattern IS =
            Pattern.compile("^(?<field>[\\p{L}\\p{N} ]{1,20}?)\\s*(?:填写?为|设为|为|成|是)\\s*(?<text>.+)$", Pattern.DOTALL);
    private static final Pattern BECOMES = Pattern.compile("^(?:为|成|上)\\s*");
    private static final Pattern FILLER = Pattern.compile(
            "^(?:the\\s+)?(?:text|words?|value|string|query)$|^(?:文字|文本|内容|关键词|关键字|搜索词)$", Pattern.CASE_INSENSITIVE);
    private static final Pattern JOINING = Pattern.compile(
            "^(?:into|as|to|in|on|with|at)\\s+|\\s+(?:with|as|=|to)$|^(?:到|进|至|入|在|为)\\s*|(?:中|里|内|为|：|:)$",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern SUBMITS = Pattern.compile(
            "[,，\\s]*(?:and\\s+)?(?:(?:press|hit)\\s+(?:enter|return)|submit|并?(?:按)?回车(?:键)?|并?提交)$",
            Pattern.CASE_INSENSITIVE);

    private Typing() {}

    /** Empty when nothing is to be typed. */
    static List<PlanAction.TypeText> read(String place, String object) {
        Matcher ending = SUBMITS.matcher(object);
        boolean submits = ending.find();
        String words = Ends.trim(submits ? object.substring(0, ending.start()) : object);
        List<PlanAction.TypeText> typed = new ArrayList<>();
        for (String part : AND.split(words, -1)) {
            Entry entry = entry(place, BECOMES.matcher(part).replaceFirst(""));
            if (!entry.text().isEmpty()) {
                typed.add(new PlanAction.TypeText(Target.field(entry.field()), entry.text(), false));
            }
        }
        if (submits && !typed.isEmpty()) {
            PlanAction.TypeText last = typed.removeLast();
            typed.add(new PlanAction.TypeText(last.locator(), last.text(), true));
        }
        return typed;
    }

    private record Entry(String field, String text) {}

    private static Entry entry(String place, String words) {
        Optional<Quote> quote = Quote.firstIn(words);
        if (quote.isPresent()) {
            return quoted(place, words, quote.get());
        }
        if (!place.isBlank()) {
            return new Entry(place, words);
        }
        for (Pattern form : new Pattern[] {WITH, INTO, INTO_CHINESE, IS}) {
            Matcher match = form.matcher(words);
            if (match.matches()) {
                return new Entry(match.group("field"), match.group("text").strip());
            }
        }
        return new Entry("", words);
    }

    /** The words around the quote name the field; if these are quoted too, "with" says that the field came first. */
    private static Entry quoted(String place, String words, Quote first) {
        String before = words.substring(0, first.start()).strip();
        String after = words.substring(first.end()).strip();
        Optional<Quote> second = Quote.firstIn(after);
        if (second.isPresent() && after.matches("(?is)^(?:[\\p{L}\\s]{0,30}\\bwith\\b|[\\p{L}\\s]{0,12}为).*")) {
            return new Entry(first.text(), second.get().text());
        }
        String field = JOINING.matcher(after).replaceAll("").strip();
        if (field.isEmpty() || field.startsWith(",")) {
            field = JOINING.matcher(before).replaceAll("").strip();
        }
        boolean isFiller = FILLER.matcher(Target.bare(field)).matches();
        return new Entry(
                !place.isBlank() && (isFiller || field.isEmpty()) ? place : isFiller ? "" : field, first.text());
    }
}
