package io.taskhub.worker.document;

import io.taskhub.worker.net.FetchRefusedException;
import io.taskhub.worker.net.WebAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.jsoup.parser.StreamParser;
import org.jsoup.select.NodeTraversor;
import org.jspecify.annotations.Nullable;

/** An HTML page, from its bytes to its draft. */
final class HtmlPage {
    /** Elements cost some hundred bytes each. No page that people read comes near. */
    static final int MOST_ELEMENTS = 150_000;

    /** What walks the tree later calls itself once for each level. */
    private static final int DEEPEST = 500;

    /** Characters. What asks for the classes around an element asks again for its neighbour. */
    private static final int LONGEST_CLASS = 1_000;

    private static final Pattern SITE_AT_END = Pattern.compile("(.+) [|–-] (.+)");
    private static final Pattern WWW = Pattern.compile("^www\\.");

    private HtmlPage() {}

    /**
     * @param uri where the page was found
     * @param untitled the title of one that has none
     * @throws UnusablePageException when there is no content, or it is beyond any measure
     */
    static Draft draft(Path file, Charset charset, URI uri, String untitled, Images images) throws IOException {
        Document page = parse(file, charset, uri);
        String heading = text(page.selectFirst("h1"));
        String announced = announced(page, "og:title");
        String name = withoutSite(Draft.title(page.title()), announced(page, "og:site_name"), uri);
        Clutter.remove(page);
        Element content = MainContent.of(page.body());
        URI base = base(page, uri);
        page.setBaseUri(base.toString());
        PageImages.mark(content, base, images);
        PageLinks.resolve(content);
        String body = Markdown.of(content);
        if (body.isBlank()) {
            throw new UnusablePageException("no content");
        }
        Element first = content.selectFirst("h1");
        String title = Stream.of(text(first), heading, announced, name, untitled)
                .filter(candidate -> !candidate.isEmpty())
                .findFirst()
                .orElse(untitled);
        return images.draft(title, first == null ? "# " + Escapes.inline(title) + "\n\n" + body : body);
    }

    private static String text(@Nullable Element element) {
        return element == null ? "" : Draft.title(element.text());
    }

    private static String announced(Document page, String property) {
        Element meta = page.selectFirst("meta[property=" + property + "]");
        return meta == null ? "" : Draft.title(meta.attr("content"));
    }

    /** Titles often end with the name of the site, as it calls itself or as its host is called. */
    private static String withoutSite(String title, String site, URI uri) {
        Matcher parts = SITE_AT_END.matcher(title);
        if (!parts.matches()) {
            return title;
        }
        String end = parts.group(2).toLowerCase(Locale.ROOT);
        String host = WWW.matcher(uri.getHost().toLowerCase(Locale.ROOT)).replaceFirst("");
        boolean named = end.equals(site.toLowerCase(Locale.ROOT)) || host.equals(end) || host.startsWith(end + ".");
        return named ? parts.group(1).strip() : title;
    }

    /** Step by step: the parser may make far more elements than the page has tags, by repeating what was left open. */
    private static Document parse(Path file, Charset charset, URI uri) throws IOException {
        try (Reader reader = new BufferedReader(new InputStreamReader(Files.newInputStream(file), charset));
                StreamParser parser = new StreamParser(Parser.htmlParser()).parse(reader, uri.toString())) {
            Iterator<Element> elements = parser.iterator();
            for (int count = 0; elements.hasNext(); count++) {
                elements.next();
                if (count > MOST_ELEMENTS) {
                    throw new UnusablePageException("page has more than " + MOST_ELEMENTS + " elements");
                }
            }
            Document page = parser.document();
            check(page);
            return page;
        }
    }

    private static void check(Document page) throws UnusablePageException {
        int[] deepest = {0};
        NodeTraversor.traverse(
                (node, depth) -> {
                    deepest[0] = Math.max(deepest[0], depth);
                    if (node.attr("class").length() > LONGEST_CLASS) {
                        node.removeAttr("class");
                    }
                },
                page);
        if (deepest[0] > DEEPEST) {
            throw new UnusablePageException("page is nested deeper than " + DEEPEST + " elements");
        }
    }

    private static URI base(Document page, URI uri) {
        Element base = page.selectFirst("base[href]");
        try {
            return base == null || base.attr("href").length() > Addresses.LONGEST
                    ? uri
                    : WebAddress.of(uri, base.attr("href"));
        } catch (FetchRefusedException e) {
            return uri;
        }
    }
}
