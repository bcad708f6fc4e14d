package io.taskhub.task.agents;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A site that people call by its name.
 *
 * @param names as a pattern
 * @param domain that its pages are on
 * @param home its first page
 * @param search what stands before the query in the address of its results
 * @param box the search box of its first page; null = its results have an address that is simpler
 */
record Site(
        Pattern names,
        String domain,
        String home,
        String search,
        @Nullable String box) {

    /** Characters: each may take twelve in an address. */
    private static final int LONGEST_QUERY = 150;

    /** Where an unnamed search goes: reachable from nearly everywhere. */
    static final Site ENGINE =
            site("bing|必应", "bing.com", "https://www.bing.com", "https://www.bing.com/search?q=", null);

    private static final List<Site> KNOWN = List.of(
            site(
                    "wikipedia|维基百科|维基",
                    "wikipedia.org",
                    "https://www.wikipedia.org",
                    "https://en.wikipedia.org/w/index.php?search=",
                    "#searchInput"),
            site("google|谷歌", "google.com", "https://www.google.com", "https://www.google.com/search?q=", null),
            site("baidu|百度", "baidu.com", "https://www.baidu.com", "https://www.baidu.com/s?wd=", null),
            ENGINE,
            site("duckduckgo", "duckduckgo.com", "https://duckduckgo.com", "https://duckduckgo.com/?q=", null),
            site("github", "github.com", "https://github.com", "https://github.com/search?q=", null),
            site(
                    "youtube|油管",
                    "youtube.com",
                    "https://www.youtube.com",
                    "https://www.youtube.com/results?search_query=",
                    null),
            site(
                    "stack\\s?overflow",
                    "stackoverflow.com",
                    "https://stackoverflow.com",
                    "https://stackoverflow.com/search?q=",
                    null),
            site("reddit", "reddit.com", "https://www.reddit.com", "https://www.reddit.com/search/?q=", null),
            site("amazon|亚马逊", "amazon.com", "https://www.amazon.com", "https://www.amazon.com/s?k=", null),
            site(
                    "bilibili|哔哩哔哩|b站",
                    "bilibili.com",
                    "https://www.bilibili.com",
                    "https://search.bilibili.com/all?keyword=",
                    null),
            site("zhihu|知乎", "zhihu.com", "https://www.zhihu.com", "https://www.zhihu.com/search?q=", null),
            site("taobao|淘宝", "taobao.com", "https://www.taobao.com", "https://s.taobao.com/search?q=", null),
            site("weibo|微博", "weibo.com", "https://weibo.com", "https://s.weibo.com/weibo?q=", null),
            site(
                    "hacker\\s?news",
                    "news.ycombinator.com",
                    "https://news.ycombinator.com",
                    "https://hn.algolia.com/?q=",
                    null),
            site("npm", "npmjs.com", "https://www.npmjs.com", "https://www.npmjs.com/search?q=", null));

    /** A name in a text. */
    record Mention(int start, int end, Site site) {}

    /** The first name in {@code text}. */
    static Optional<Mention> firstIn(String text) {
        Mention first = null;
        for (Site site : KNOWN) {
            Matcher name = site.names.matcher(text);
            if (name.find() && (first == null || name.start() < first.start())) {
                first = new Mention(name.start(), name.end(), site);
            }
        }
        return Optional.ofNullable(first);
    }

    /** Whose page it is. */
    static Optional<Site> of(String url) {
        String host = Address.host(url);
        return KNOWN.stream()
                .filter(site -> host.equals(site.domain) || host.endsWith("." + site.domain))
                .findFirst();
    }

    /** What every address of its pages contains, wherever in the world it is called from. */
    String mark() {
        return domain.equals("google.com") ? "google." : domain;
    }

    String results(String query) {
        return search + URLEncoder.encode(Words.cut(query, LONGEST_QUERY), StandardCharsets.UTF_8);
    }

    boolean isHome(String url) {
        return Address.host(url).equals(Address.host(home))
                && url.replaceFirst("/$", "").length() <= home.length();
    }

    /** Latin names end where the word ends; Chinese ones stand in the middle of a sentence. */
    private static Site site(String names, String domain, String home, String search, @Nullable String box) {
        Pattern pattern = Pattern.compile(
                "(?<![A-Za-z0-9_.-])(?:" + names + ")(?![A-Za-z0-9_-]|\\.[A-Za-z0-9])", Pattern.CASE_INSENSITIVE);
        return new Site(pattern, domain, home, search, box);
    }
}
