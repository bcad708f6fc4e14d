package io.taskhub.worker.browser;

import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What plans took out of pages: the main text and the links of each, for the task's result. */
final class Extraction {
    private static final int MOST_PAGES = 5;
    private static final int MOST_LINKS = 50;
    private static final int MOST_TEXT = 20_000;
    private static final int MOST_WORDS = 200;
    private static final int MOST_ADDRESS = 500;

    private static final String SCRIPT = """
            () => {
              const kept = (text, most) => text.trim().slice(0, most).toWellFormed().replaceAll('\\0', '');
              const root = document.querySelector('main, article, [role=main]') || document.body;
              const links = [...root.querySelectorAll('a[href]')]
                .filter(link => /^https?:/.test(link.href))
                .slice(0, 50)
                .map(link => ({text: kept(link.innerText, 200), href: kept(link.href, 500)}));
              const text = kept(root.innerText, 20000);
              return {url: kept(location.href, 500), title: kept(document.title, 500), text, links};
            }
            """;

    private final List<Map<String, Object>> pages = new ArrayList<>();

    /** Takes it and says what it is, in a line. */
    String take(Page page) {
        return keep(page.evaluate(SCRIPT));
    }

    /** @param found of any size and shape: the script runs in the page, which may have changed what it calls */
    String keep(@Nullable Object found) {
        Map<String, Object> taken = bounded(found instanceof Map<?, ?> map ? map : Map.of());
        if (pages.size() < MOST_PAGES) {
            pages.add(taken);
        }
        String text = String.valueOf(taken.get("text"));
        int links = taken.get("links") instanceof List<?> list ? list.size() : 0;
        return "Extracted %d characters and %d links from %s: %s"
                .formatted(text.length(), links, taken.get("url"), text.replaceAll("\\s+", " "));
    }

    private static Map<String, Object> bounded(Map<?, ?> found) {
        Map<String, Object> kept = new LinkedHashMap<>();
        kept.put("url", text(found, "url", MOST_ADDRESS));
        kept.put("title", text(found, "title", MOST_ADDRESS));
        kept.put("text", text(found, "text", MOST_TEXT));
        kept.put("links", links(found.get("links") instanceof List<?> links ? links : List.of()));
        return kept;
    }

    private static List<Map<String, String>> links(List<?> found) {
        return found.stream()
                .limit(MOST_LINKS)
                .filter(Map.class::isInstance)
                .map(link -> (Map<?, ?>) link)
                .map(link -> Map.of("text", text(link, "text", MOST_WORDS), "href", text(link, "href", MOST_ADDRESS)))
                .toList();
    }

    private static String text(Map<?, ?> found, String name, int most) {
        return found.get(name) instanceof String text ? Updates.cut(text, most) : "";
    }

    List<Map<String, Object>> pages() {
        return pages;
    }
}
