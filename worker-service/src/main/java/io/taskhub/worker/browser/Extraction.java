package io.taskhub.worker.browser;

import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What plans took out of pages: the main text and the links of each, for the task's result. */
final class Extraction {
    private static final int MOST_PAGES = 5;

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
        Map<String, Object> taken = new LinkedHashMap<>();
        if (page.evaluate(SCRIPT) instanceof Map<?, ?> found) {
            found.forEach((name, value) -> taken.put(String.valueOf(name), value));
        }
        if (pages.size() < MOST_PAGES) {
            pages.add(taken);
        }
        String text = String.valueOf(taken.getOrDefault("text", ""));
        int links = taken.get("links") instanceof List<?> list ? list.size() : 0;
        return "Extracted %d characters and %d links from %s: %s"
                .formatted(text.length(), links, taken.get("url"), text.replaceAll("\\s+", " "));
    }

    List<Map<String, Object>> pages() {
        return pages;
    }
}
