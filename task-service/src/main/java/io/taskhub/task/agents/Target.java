package io.taskhub.task.agents;

import io.taskhub.contracts.Locator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What words name on a page: CSS as it stands, "the … button" by role and name, anything else by its text. */
final class Target {
    /** Where text goes when no field is named. */
    static final Locator ANY_FIELD = new Locator.Css(
            "input[type=search], input[type=text], input[type=email], input:not([type]), textarea, [contenteditable=true]");

    static final Locator SEARCH_BOX = new Locator.Css(
            "input[type=search], [role=searchbox], input[name=q], input[name=search], input[name=query], input[name=wd], textarea[name=q],"
                    + " input[type=text]");
    static final Locator ANY_LIST = new Locator.Css("select");

    private static final Pattern CSS = Pattern.compile(
            "(?:(?:a|button|input|textarea|select|form|div|span|ul|ol|li|p|img|table|tr|td|nav|main|section|article|label|h[1-6]))?"
                    + "(?:#[A-Za-z_][\\w-]*|\\.[A-Za-z_][\\w-]*|\\[[A-Za-z_][^\\]\\n]*\\])+(?::[a-z-]+(?:\\([^)]*\\))?)?(?:\\s*>\\s*[a-z][\\w.#-]*)*");
    private static final Pattern LEADING_CSS = Pattern.compile("^(?:" + CSS.pattern() + ")(?=$|[\\s，。,；;的])");
    private static final Pattern ARTICLE = Pattern.compile(
            "^(?:(?:on|the|a|an|that|this|button|link|field|named|called|labell?ed)\\s+|名为|叫做|标有|这个|那个|该|页面上?的|网页上?的|一个|一下)++\\s*",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern ORDINAL = Pattern.compile(
            "^(?:the\\s+)?(?<word>first|second|third|fourth|fifth|last|\\d{1,2}(?:st|nd|rd|th))\\s+|^(?:第(?<nth>[一二三四五六七八九十]|\\d{1,2})|(?<end>最后一))[个条项张]?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern SEARCH_WORDS = Pattern.compile(
            "(?:the\\s+)?search\\s*(?:box|bar|field|input)?|搜索(?:框|栏|输入框)?|检索框", Pattern.CASE_INSENSITIVE);
    private static final Pattern PASSWORD =
            Pattern.compile("(?:your\\s+|the\\s+)?password|密码|口令", Pattern.CASE_INSENSITIVE);
    private static final Pattern FIELD_WORD = Pattern.compile(
            "(?:^|\\s+)(?:text\\s*)?(?:field|box|input|textbox|area|bar|form)$|(?:输入框|文本框|文本域|输入栏|字段|框|栏)$",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern LIST_WORD = Pattern.compile(
            "(?:^|\\s+)(?:drop-?\\s?down(?:\\s+(?:list|menu))?|list|menu|select(?:\\s+box)?|combobox|field|box)$|(?:下拉框|下拉菜单|下拉列表|列表框|列表|菜单|选择框|框)$",
            Pattern.CASE_INSENSITIVE);

    /** The first that fits says the role. */
    private static final List<Role> ROLES = List.of(
            new Role("checkbox", "check\\s?box", "复选框|勾选框"),
            new Role("radio", "radio(?:\\s+button)?", "单选按钮|单选框|单选"),
            new Role("menuitem", "menu\\s+item", "菜单项"),
            new Role("tab", "tab", "标签页|选项卡"),
            new Role("button", "button|btn", "按钮|按键"),
            new Role("link", "link|hyperlink", "超链接|链接"),
            new Role("img", "image|picture", "图片|图像"));

    private static final Map<String, String> KINDS = Map.of(
            "link", "a[href]",
            "button", "button, [role=button], input[type=submit]",
            "checkbox", "input[type=checkbox]",
            "radio", "input[type=radio]",
            "img", "img",
            "result", "main a[href], #b_results h2 a, #search a:has(h3), article a[href], li a[href], h3 a[href]");

    private record Role(String aria, Pattern word) {
        Role(String aria, String english, String chinese) {
            this(
                    aria,
                    Pattern.compile("(?:^|\\s+)(?:" + english + ")$|(?:" + chinese + ")$", Pattern.CASE_INSENSITIVE));
        }
    }

    private Target() {}

    /** What is to be clicked, waited for or scrolled to. */
    static Locator element(String words) {
        String text = words.strip();
        Optional<Locator> css = css(text);
        if (css.isPresent()) {
            return css.get();
        }
        Optional<Locator> counted = counted(text);
        if (counted.isPresent()) {
            return counted.get();
        }
        Optional<Quote> quote = Quote.firstIn(text);
        String around = quote.map(q -> around(text, q)).orElse(bare(text));
        for (Role role : ROLES) {
            Matcher word = role.word.matcher(around);
            if (word.find()) {
                String name = quote.map(Quote::text)
                        .orElse(around.substring(0, word.start()).strip());
                return name.isEmpty()
                        ? new Locator.Css(KINDS.getOrDefault(role.aria, "[role=" + role.aria + "]"))
                        : new Locator.Aria(role.aria, name);
            }
        }
        String content = quote.map(Quote::text).orElse(around);
        if (quote.isEmpty()
                && SEARCH_WORDS.matcher(content).matches()
                && FIELD_WORD.matcher(content).find()) {
            return SEARCH_BOX;
        }
        return content.isEmpty() ? new Locator.Css("body") : new Locator.Text(content, false);
    }

    /** A field to type into; empty words = whatever field there is. */
    static Locator field(String words) {
        String text = words.strip();
        Optional<Locator> css = css(text);
        if (css.isPresent()) {
            return css.get();
        }
        String name = Quote.firstIn(text).map(Quote::text).orElse(bare(text));
        if (SEARCH_WORDS.matcher(name).matches()) {
            return SEARCH_BOX;
        }
        String bare = FIELD_WORD.matcher(name).replaceFirst("").strip();
        if (PASSWORD.matcher(bare).matches()) {
            return new Locator.Css("input[type=password]");
        }
        return bare.isEmpty() ? ANY_FIELD : new Locator.Aria("textbox", bare);
    }

    /** A list to choose from; empty words = the only one. */
    static Locator list(String words) {
        String text = words.strip();
        Optional<Locator> css = css(text);
        if (css.isPresent()) {
            return css.get();
        }
        String name = Quote.firstIn(text).map(Quote::text).orElse(bare(text));
        String bare = LIST_WORD.matcher(name).replaceFirst("").strip();
        return bare.isEmpty() ? ANY_LIST : new Locator.Aria("combobox", bare);
    }

    static boolean isCounted(String words) {
        return ORDINAL.matcher(words.strip()).find();
    }

    static boolean isCss(String words) {
        return css(words.strip()).isPresent();
    }

    /** Without articles and quotation marks. */
    static String bare(String words) {
        return ARTICLE.matcher(words.strip()).replaceFirst("").strip();
    }

    private static Optional<Locator> css(String text) {
        String bare = ARTICLE.matcher(text).replaceFirst("");
        String candidate = Quote.firstIn(bare)
                .filter(quote -> CSS.matcher(quote.text()).matches())
                .map(Quote::text)
                .orElse(bare);
        Matcher css = LEADING_CSS.matcher(candidate);
        return css.find() ? Optional.of(new Locator.Css(css.group())) : Optional.empty();
    }

    /** "the second link": counted among those of its kind that can be seen, in Playwright's CSS. */
    private static Optional<Locator> counted(String text) {
        Matcher ordinal = ORDINAL.matcher(text);
        if (!ordinal.find()) {
            return Optional.empty();
        }
        String rest = text.substring(ordinal.end()).strip();
        String kind = ROLES.stream()
                .filter(role -> role.word.matcher(rest).find() && KINDS.containsKey(role.aria))
                .map(Role::aria)
                .findFirst()
                .orElse("result");
        String css = String.valueOf(KINDS.get(kind));
        int number = number(ordinal);
        String seen = ":is(" + css + "):visible";
        return Optional.of(
                new Locator.Css(number < 0 ? seen + " >> nth=-1" : ":nth-match(" + seen + ", " + number + ")"));
    }

    /** From 1; −1 = the last. */
    private static int number(Matcher ordinal) {
        if (ordinal.group("end") != null) {
            return -1;
        }
        String chinese = ordinal.group("nth");
        if (chinese != null) {
            int digit = "一二三四五六七八九十".indexOf(chinese);
            return digit >= 0 ? digit + 1 : Math.max(1, Integer.parseInt(chinese));
        }
        String word = ordinal.group("word").toLowerCase(Locale.ROOT);
        return switch (word) {
            case "first" -> 1;
            case "second" -> 2;
            case "third" -> 3;
            case "fourth" -> 4;
            case "fifth" -> 5;
            case "last" -> -1;
            default -> Math.max(1, Integer.parseInt(word.replaceAll("\\D", "")));
        };
    }

    private static String around(String text, Quote quote) {
        return bare((text.substring(0, quote.start()) + " " + text.substring(quote.end())).strip());
    }
}
