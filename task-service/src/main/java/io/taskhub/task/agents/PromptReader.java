package io.taskhub.task.agents;

import io.taskhub.contracts.Condition;
import io.taskhub.contracts.Locator;
import io.taskhub.contracts.PlanAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes the clauses of a prompt into actions, in order, remembering on whose page they are. */
final class PromptReader {
    private static final String EXTRACT = "data.extract-site";
    private static final Pattern AT = Pattern.compile(
            "(?:\\b(?:on|at|in|from|to|of|via|using|with|into)\\s+|[在到从上用去]\\s*)$", Pattern.CASE_INSENSITIVE);
    private static final Pattern FORBIDDEN = Pattern.compile(
            "\\b(javascript|file|data|vbscript|ftp|about|chrome|view-source):\\S", Pattern.CASE_INSENSITIVE);

    private static final Pattern LIKE_AN_ADDRESS = Pattern.compile("^[a-z][a-z0-9+.-]*:\\S", Pattern.CASE_INSENSITIVE);

    private final List<PlanAction> actions = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<String> risks = new ArrayList<>();
    private final boolean chinese;
    private @Nullable Site site;
    private @Nullable String page;
    private @Nullable String query;

    private PromptReader(boolean chinese) {
        this.chinese = chinese;
    }

    /**
     * @param notes what was recognised, for the plan's rationale
     * @param query what is searched for; null when nothing is
     */
    record Reading(
            List<PlanAction> actions,
            List<String> notes,
            List<String> risks,
            @Nullable String query) {}

    static Reading read(String prompt, boolean chinese) {
        PromptReader reader = new PromptReader(chinese);
        Clauses.of(prompt).forEach(reader::clause);
        reader.finish(prompt);
        return new Reading(
                List.copyOf(reader.actions), List.copyOf(reader.notes), List.copyOf(reader.risks), reader.query);
    }

    private void clause(Clauses.Clause clause) {
        String place = arrive(clause.place(), true);
        switch (clause.verb()) {
            case null -> arrive(clause.object(), true);
            case OPEN -> open(clause.object());
            case CLICK -> click(place, clause.object());
            case TYPE -> Typing.read(place, clause.object()).forEach(this::type);
            case SELECT -> select(place, clause.object());
            case SCROLL -> add(Scrolling.read(clause.word() + " " + place + " " + clause.object()));
            case WAIT -> add(Waiting.read(clause.object()));
            case SEARCH -> {
                arrive(clause.word(), true);
                search(clause.object());
            }
            case FIND -> find(clause.object());
            case SUBMIT -> submit(clause.object());
            case EXTRACT -> extract();
        }
    }

    /** Goes to the address or site that {@code text} names, and returns the text without it. */
    private String arrive(String text, boolean named) {
        Optional<Address> address = Address.firstIn(text)
                .filter(found ->
                        named || AT.matcher(text.substring(0, found.start())).find());
        if (address.isPresent()) {
            Address found = address.get();
            go(found.url(), Site.of(found.url()).orElse(null), note("address", "地址") + ": " + found.url());
            return without(text, found.start(), found.end());
        }
        Optional<Site.Mention> mention = Site.firstIn(Quote.hide(text))
                .filter(found ->
                        named || AT.matcher(text.substring(0, found.start())).find());
        if (mention.isPresent()) {
            Site.Mention found = mention.get();
            go(
                    found.site().home(),
                    found.site(),
                    note("site", "网站") + ": " + text.substring(found.start(), found.end()));
            return without(text, found.start(), found.end());
        }
        return text;
    }

    private static String without(String text, int start, int end) {
        String rest = Ends.trim(AT.matcher(text.substring(0, start)).replaceFirst("") + " " + text.substring(end));
        return rest.startsWith("的") ? rest.substring(1) : rest;
    }

    private void go(String url, @Nullable Site of, String why) {
        site = of;
        if (!url.equals(page)) {
            page = url;
            actions.add(new PlanAction.Navigate(url));
            notes.add(why);
        }
    }

    private void open(String object) {
        String rest = arrive(object, true);
        if (rest.equals(object)
                && !object.isBlank()
                && !LIKE_AN_ADDRESS.matcher(object).find()) {
            add(new PlanAction.Click(Target.element(object)));
        }
    }

    private void click(String place, String object) {
        String target = arrive(object, false);
        String words = target.isBlank() ? place : target;
        if (!words.isBlank()) {
            add(new PlanAction.Click(Target.element(words)));
        }
    }

    private void type(PlanAction.TypeText typed) {
        String box = knownBox();
        add(
                box != null && typed.locator().equals(Target.SEARCH_BOX)
                        ? new PlanAction.TypeText(new Locator.Css(box), typed.text(), typed.submit())
                        : typed);
    }

    /** The search box of the page that the plan is on; null when it is not known. */
    private @Nullable String knownBox() {
        return site != null && page != null && site.isHome(page) ? site.box() : null;
    }

    private void select(String place, String object) {
        String rest = arrive(object, false);
        if (Target.isCounted(rest) || Target.isCss(rest)) {
            add(new PlanAction.Click(Target.element(rest)));
        } else if (!rest.isBlank()) {
            add(Choosing.read(place, rest));
        }
    }

    private void find(String object) {
        if (site != null || Site.firstIn(Quote.hide(object)).isPresent() || actions.isEmpty()) {
            search(object);
        } else {
            extract();
        }
    }

    private void search(String object) {
        SearchWords words = SearchWords.of(arrive(object, SearchWords.namesItsSite(object)));
        if (words.query().isEmpty()) {
            submit("");
            return;
        }
        String wanted = words.query();
        query = wanted;
        notes.add(note("search", "搜索") + ": " + wanted);
        if (site != null && page != null) {
            searchOn(site, page, wanted);
        } else if (actions.isEmpty()) {
            go(
                    Site.ENGINE.results(wanted),
                    Site.ENGINE,
                    note("no site was named: a search engine is asked", "未指定网站：使用搜索引擎"));
        } else {
            add(new PlanAction.TypeText(Target.SEARCH_BOX, wanted, true));
        }
    }

    /** By the box of its first page, else by the address of its results, which spares the step over a first page nobody asked for. */
    private void searchOn(Site here, String at, String wanted) {
        String box = knownBox();
        if (box != null) {
            add(new PlanAction.TypeText(new Locator.Css(box), wanted, true));
            return;
        }
        boolean onlyNamed =
                at.equals(here.home()) && actions.getLast() instanceof PlanAction.Navigate && !wasWritten(at);
        if (onlyNamed) {
            actions.removeLast();
        }
        page = here.results(wanted);
        actions.add(new PlanAction.Navigate(page));
    }

    private boolean wasWritten(String url) {
        return notes.stream().anyMatch(note -> note.endsWith(": " + url));
    }

    private void submit(String object) {
        if (!actions.isEmpty() && actions.getLast() instanceof PlanAction.TypeText typed) {
            actions.removeLast();
            add(new PlanAction.TypeText(typed.locator(), typed.text(), true));
        } else if (!object.isBlank() || actions.isEmpty()) {
            add(new PlanAction.Click(new Locator.Css("button[type=submit], input[type=submit]")));
        }
    }

    private void extract() {
        actions.add(new PlanAction.Custom(EXTRACT, Map.of("format", "text")));
        notes.add(note("extract what the page says", "提取页面内容"));
    }

    /** Where a click or a form leads to is not known: only that it is the same site, most likely. */
    private void add(PlanAction action) {
        if (action instanceof PlanAction.TypeText) {
            risk("Text is typed into a page.", "会在页面中输入文本。");
        }
        if (action instanceof PlanAction.TypeText(var locator, var text, var submit) && submit) {
            risk("A form is submitted.", "会提交表单。");
            page = "";
        }
        if (action instanceof PlanAction.Click) {
            page = "";
        }
        actions.add(action);
    }

    private void finish(String prompt) {
        boolean goes = actions.stream().anyMatch(PlanAction.Navigate.class::isInstance);
        if (!goes) {
            Address.firstIn(prompt).ifPresent(address -> {
                actions.addFirst(new PlanAction.Navigate(address.url()));
                notes.add(note("address", "地址") + ": " + address.url());
            });
        }
        if (FORBIDDEN.matcher(prompt).find()) {
            risk("Only http and https addresses are opened.", "只会打开 http 和 https 地址。");
        }
        if (actions.isEmpty()) {
            notes.add(note("nothing was recognised: the prompt is searched for", "未识别出操作：直接搜索该提示"));
            actions.add(new PlanAction.Navigate(Site.ENGINE.results(prompt)));
            extract();
        } else if (!(actions.getFirst() instanceof PlanAction.Navigate)) {
            risk("No address was named: it begins on an empty page.", "未指定地址：将从空白页开始。");
        }
        if (actions.stream()
                .anyMatch(action ->
                        action instanceof PlanAction.Wait(Condition.Duration d) && d.ms() >= Waiting.LONGEST_MS)) {
            risk("A wait is cut to a minute.", "等待时间最多一分钟。");
        }
    }

    private void risk(String english, String inChinese) {
        String text = note(english, inChinese);
        if (!risks.contains(text)) {
            risks.add(text);
        }
    }

    private String note(String english, String inChinese) {
        return chinese ? inChinese : english;
    }
}
