package io.taskhub.task.agents;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a clause asks for, by the words that ask for it. The order decides where two could match. */
enum Verb {
    SUBMIT(
            "(?:press|hit)\\s+(?:the\\s+)?(?:enter|return)(?:\\s+key)?|submit",
            "按(?:下|一下)?\\s*(?:回车|enter)键?|敲\\s*回车键?|回车键?|提交"),
    OPEN(
            "go\\s+to|goto|navigate(?:\\s+to)?|open(?:\\s+up)?(?!\\s+(?:and|then)\\b|\\s*[,.;，。]|\\s*$)|visit|browse(?:\\s+to)?|head\\s+to|(?:load|launch)(?=\\s+[\uE000\"“])",
            "打开|访问|前往|进入|浏览|跳转到?|转到"),
    CLICK("(?:double[- ]?)?click(?:\\s+on)?|tap(?:\\s+on)?|press|hit|push|tick", "点击|单击|双击|点按|点一下|点选|按下|勾选"),
    TYPE("type|fill(?:\\s+(?:in|out))?|enter|input|write|key\\s+in", "输入|填写|填入|键入|录入"),
    SELECT("select|choose|pick", "选择|选中|选取|挑选"),
    SCROLL("scroll|page\\s+down", "[向往]?[下上](?:滚动?|滑动?)|[向往][下上](?:拉|翻)|下拉(?!框|菜单|列表)|滚动|翻到|滑到|拉到"),
    WAIT("wait|pause", "等待|等(?=\\s*\\d)|停留|暂停"),
    SEARCH("search|look\\s+up|look\\s+for|google(?=\\s+for\\b)", "搜索|搜寻|搜一下|查找|查询|检索|百度一下|搜(?!索)"),
    FIND("find", "找到|寻找"),
    EXTRACT("extract|scrape|summari[sz]e|collect|read", "提取|抓取|总结|概括|获取|读取");

    /** An English verb asks only where a clause can begin; "the search button" asks for nothing. */
    private static final String BEGINNING =
            "(?:^|[\\n,;.!?:，。；、！？：&\\p{IsHan}”\"」』\uE000]|\\b(?:and|then|next|finally|please|to|now|also|first|afterwards|you|i)\\b)"
                    + "\\s*(?:(?:and|then|please|next|finally|now|also|first|to|you)\\s+)*";

    /** "搜索框" is a thing, not a wish. */
    private static final String NO_THING = "(?!\\s*(?:框|栏|按钮|按键|图标|链接|结果|引擎|页|键|条|项))";

    private final String english;
    private final String chinese;

    Verb(String english, String chinese) {
        this.english = english;
        this.chinese = chinese;
    }

    /** Finds the verbs of a text; {@link #of} says which one a match is. */
    static Pattern pattern() {
        return Pattern.compile(
                BEGINNING + "(?<en>" + either(verb -> "(?<e" + verb.name() + ">" + verb.english + ")")
                        + ")(?![A-Za-z0-9_-])|(?<zh>"
                        + either(verb -> "(?<z" + verb.name() + ">(?>" + verb.chinese + "))"
                                + (verb.namesThings() ? NO_THING : ""))
                        + ")",
                Pattern.CASE_INSENSITIVE);
    }

    static Verb of(MatchResult match) {
        return Arrays.stream(values())
                .filter(verb -> match.group("e" + verb.name()) != null || match.group("z" + verb.name()) != null)
                .findFirst()
                .orElseThrow();
    }

    /** What follows at once is its object, even if it looks like a verb: "点击搜索". */
    boolean takesAnObject() {
        return List.of(OPEN, CLICK, TYPE, SELECT, WAIT).contains(this);
    }

    private boolean namesThings() {
        return List.of(SUBMIT, TYPE, SELECT, SCROLL, SEARCH).contains(this);
    }

    private static String either(Function<Verb, String> form) {
        return Arrays.stream(values()).map(form).collect(Collectors.joining("|"));
    }
}
