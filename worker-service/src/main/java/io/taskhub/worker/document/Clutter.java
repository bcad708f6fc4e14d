package io.taskhub.worker.document;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** What stands around the content of a page: navigation, cookie banners, share buttons. It is taken out. */
final class Clutter {
    /** Never content, whatever is inside. */
    private static final String MACHINERY =
            "script,style,template,noscript,iframe,object,embed,canvas,svg,button,select,textarea,"
                    + "input:not([type=checkbox]),link,meta,audio,video,img[width=1],img[height=1],map";

    /** Says itself that it is not content, however much it is. */
    private static final String AWAY =
            "nav,dialog,[role=navigation],[role=search],[role=dialog],[role=alertdialog],[hidden]";

    private static final String AROUND =
            "aside,footer,header,form,[role=banner],[role=contentinfo],[role=complementary],"
                    + "[aria-hidden=true],[style~=(?i)display:\\s*none]";

    private static final Set<String> WORDS = Set.of(
            "ad",
            "ads",
            "advert",
            "advertisement",
            "breadcrumb",
            "breadcrumbs",
            "comments",
            "consent",
            "cookie",
            "cookies",
            "disqus",
            "gdpr",
            "masthead",
            "menu",
            "modal",
            "navbar",
            "newsletter",
            "pager",
            "pagination",
            "popup",
            "promo",
            "recommended",
            "related",
            "share",
            "sharing",
            "sidebar",
            "skip",
            "social",
            "subscribe",
            "topbar");

    private static final Set<String> SIGNS = Set.of("¶", "#", "§", "🔗", "");
    private static final Pattern NO_WORD = Pattern.compile("[^a-z0-9]+");
    private static final String CONTENT = "main,article,[role=main],h1";
    private static final double MOST_OF_A_PAGE = 0.4;

    private Clutter() {}

    static void remove(Document page) {
        page.select(MACHINERY).remove();
        Element body = page.body();
        TextLengths lengths = new TextLengths(body);
        long most = (long) (lengths.of(body) * MOST_OF_A_PAGE);
        body.select(AWAY).forEach(element -> {
            if (!holdsContent(element)) {
                element.remove();
            }
        });
        body.select(AROUND).forEach(element -> {
            if (lengths.of(element) <= most && !holdsContent(element)) {
                element.remove();
            }
        });
        body.select("[class],[id]").forEach(element -> {
            if (isNamedClutter(element) && lengths.of(element) <= most && !holdsContent(element)) {
                element.remove();
            }
        });
        body.select("h1 a,h2 a,h3 a,h4 a,h5 a,h6 a").forEach(link -> {
            if (SIGNS.contains(link.text().strip()) && link.selectFirst("img") == null) {
                link.remove();
            }
        });
    }

    /** A page's own header names it; only the one of the site goes. */
    private static boolean holdsContent(Element element) {
        return element.is(CONTENT) || element.selectFirst(CONTENT) != null || isTitleOfArticle(element);
    }

    private static boolean isTitleOfArticle(Element element) {
        return element.nameIs("header") && element.closest("article,main,section,[role=main]") != null;
    }

    private static boolean isNamedClutter(Element element) {
        String names = (element.className() + " " + element.id()).toLowerCase(Locale.ROOT);
        return Arrays.stream(NO_WORD.split(names)).anyMatch(WORDS::contains);
    }
}
