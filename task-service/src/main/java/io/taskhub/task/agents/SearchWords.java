package io.taskhub.task.agents;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is searched for, without the words around it. */
record SearchWords(String query) {
    private static final Pattern LEADING = Pattern.compile(
            "^(?:(?:the\\s+)?(?:web|internet|site|page|docs|it)\\s+)?(?:for|about)\\s+|^(?:the\\s+)?(?:keywords?|terms?|words?)\\s+(?=[\"“'])|^(?:关键词|关键字|一下|一搜)\\s*",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern SITE_FIRST =
            Pattern.compile("^\\S{2,20}(?:\\s\\S{2,12})?\\s+for\\s+\\S.*$", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern TRAILING =
            Pattern.compile("\\s+(?:online|on\\s+the\\s+(?:web|internet|page|site))$", Pattern.CASE_INSENSITIVE);

    static SearchWords of(String object) {
        return Quote.firstIn(object).map(quote -> new SearchWords(quote.text())).orElseGet(() -> {
            String bare = LEADING.matcher(object.strip()).replaceFirst("");
            return new SearchWords(
                    Words.shortened(Ends.trim(TRAILING.matcher(bare).replaceFirst("")), 400));
        });
    }

    /** "search wikipedia for cats": the site stands before what is searched for. */
    static boolean namesItsSite(String object) {
        Matcher form = SITE_FIRST.matcher(object.strip());
        return form.matches()
                && Site.firstIn(Quote.hide(object))
                        .filter(mention -> mention.end() <= object.indexOf(" for "))
                        .isPresent();
    }
}
