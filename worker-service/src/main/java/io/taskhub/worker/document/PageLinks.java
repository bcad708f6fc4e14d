package io.taskhub.worker.document;

import org.jsoup.nodes.Element;

/** Makes the addresses of links absolute. */
final class PageLinks {
    private PageLinks() {}

    /** A link that leads nowhere is none afterwards. Around blocks it is shown once for each of them. */
    static void resolve(Element content) throws UnusablePageException {
        Addresses addresses = new Addresses();
        for (Element link : content.select("a[href]")) {
            String target = link.absUrl("href");
            if (addresses.take(target, link.select("*").size())) {
                link.attr("href", target);
            } else {
                link.removeAttr("href");
            }
        }
    }
}
