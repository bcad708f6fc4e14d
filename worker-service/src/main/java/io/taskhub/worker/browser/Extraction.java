package io.taskhub.worker.browser;

import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What plans took out of pages: the main text and the links of each, for the task's result. */
final class Extraction {
    private static final int MOST_PAGES = 12;

    private static final String SCRIPT = """
            () => {
              const root = document.querySelector('main, article, [role=main]') || document.body;
              const links = [...root.querySelectorAll('a[href]')]
                .filter(a => /^https?:/.test(a.href))
                .slice(0, 100)
                .map(a => ({text: a.innerText.trim().slice(0, 200), href: a.href.slice(0, 2000)}));
              return {
                url: location.href.slice(0, 2000),
                title: document.title.slice(0, 500),
                text: root.innerText.trim().slice(0, 20000),
                links
              };
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
