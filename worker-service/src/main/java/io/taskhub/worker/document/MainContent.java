package io.taskhub.worker.document;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jsoup.nodes.Element;

/** Finds what a page is about: as it says itself by {@code main} and {@code article}, else where its text is densest. */
final class MainContent {
    private static final double MOST = 0.6;
    private static final int SENTENCE = 25;
    private static final double LINE = 100.0;
    private static final double LONGEST = 3.0;

    private final Element body;
    private final TextLengths lengths;

    private MainContent(Element body) {
        this.body = body;
        this.lengths = new TextLengths(body);
    }

    static Element of(Element body) {
        MainContent content = new MainContent(body);
        Optional<Element> main = content.longest(body, "main,[role=main]");
        Element scope = main.orElse(body);
        return content.longest(scope, "article,[itemprop=articleBody]")
                .filter(article -> content.lengths.of(article) >= MOST * content.lengths.of(scope))
                .or(() -> main)
                .orElseGet(content::densest);
    }

    private Optional<Element> longest(Element scope, String selector) {
        return scope.select(selector).stream()
                .filter(element -> lengths.of(element) > 0)
                .max(Comparator.comparingLong(lengths::of));
    }

    /** Every paragraph speaks for its parent, and half as much for the one above. */
    private Element densest() {
        Map<Element, Double> scores = new HashMap<>();
        for (Element paragraph : body.select("p,pre,li,td,blockquote")) {
            long length = lengths.of(paragraph);
            Element parent = paragraph.parent();
            if (length < SENTENCE || parent == null) {
                continue;
            }
            double score = 1 + Math.min(length / LINE, LONGEST);
            scores.merge(parent, score, Double::sum);
            Element above = parent.parent();
            if (above != null && !parent.equals(body)) {
                scores.merge(above, score / 2, Double::sum);
            }
        }
        return scores.keySet().stream()
                .max(Comparator.comparingDouble(
                        element -> scores.getOrDefault(element, 0.0) * (1 - lengths.linkDensity(element))))
                .filter(best -> lengths.of(best) * 2 >= lengths.of(body))
                .orElse(body);
    }
}
