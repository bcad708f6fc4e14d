package io.taskhub.worker.document;

import java.util.HashMap;
import java.util.Map;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeTraversor;
import org.jsoup.select.NodeVisitor;

/** How many characters of text each element has inside, and how many of them in links: counted once for all, not once for each. */
final class TextLengths {
    private record Length(long text, long linked) {}

    private static final Length NONE = new Length(0, 0);

    private final Map<Element, Length> lengths = new HashMap<>();

    TextLengths(Element root) {
        NodeTraversor.traverse(
                new NodeVisitor() {
                    @Override
                    public void head(Node node, int depth) {}

                    @Override
                    public void tail(Node node, int depth) {
                        count(node);
                    }
                },
                root);
    }

    private void count(Node node) {
        if (node instanceof TextNode text) {
            add(text, new Length(text.getWholeText().strip().length(), 0));
        } else if (node instanceof Element element) {
            Length own = lengths.getOrDefault(element, NONE);
            add(element, element.nameIs("a") ? new Length(own.text(), own.text()) : own);
        }
    }

    private void add(Node node, Length length) {
        if (node.parent() instanceof Element parent) {
            lengths.merge(parent, length, (a, b) -> new Length(a.text() + b.text(), a.linked() + b.linked()));
        }
    }

    long of(Element element) {
        return lengths.getOrDefault(element, NONE).text();
    }

    /** The part of the text that is links, 0 to 1. */
    double linkDensity(Element element) {
        Length length = lengths.getOrDefault(element, NONE);
        return length.text() == 0 ? 0 : (double) length.linked() / length.text();
    }
}
