package io.taskhub.worker.document;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;

/** Finds the address that each {@code img} really shows, lazily loaded and responsive ones too, and puts a mark in its place. */
final class PageImages {
    private static final Pattern CANDIDATE =
            Pattern.compile("([^\\s,]\\S*[^\\s,])(?:\\s+([\\d.]+)[wx])?(?:\\s*,|\\s*$)");
    private static final String[] LAZY = {"data-src", "data-original", "data-lazy-src"};

    private PageImages() {}

    /** @param base where the page's references start from */
    static void mark(Element content, URI base, Images images) throws IOException {
        for (Element image : content.select("img")) {
            Optional<String> mark = images.add(base, source(image));
            if (mark.isPresent()) {
                image.attr("src", mark.get());
            } else {
                image.removeAttr("src");
            }
        }
    }

    private static String source(Element image) {
        for (String lazy : LAZY) {
            if (!image.attr(lazy).isBlank()) {
                return image.attr(lazy);
            }
        }
        String responsive = responsive(image);
        String plain = image.attr("src");
        boolean placeholder = plain.isBlank() || (plain.startsWith("data:") && !responsive.isEmpty());
        return placeholder ? responsive : plain;
    }

    private static String responsive(Element image) {
        String own = largest(image.attr("srcset"));
        String lazy = own.isEmpty() ? largest(image.attr("data-srcset")) : own;
        Element picture = image.closest("picture");
        if (!lazy.isEmpty() || picture == null) {
            return lazy;
        }
        return picture.select("source[srcset]").stream()
                .map(source -> largest(source.attr("srcset")))
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static String largest(String candidates) {
        String best = "";
        double most = -1;
        Matcher each = CANDIDATE.matcher(candidates);
        while (each.find()) {
            double size = each.group(2) == null ? 1 : size(each.group(2));
            if (size > most) {
                most = size;
                best = each.group(1);
            }
        }
        return best;
    }

    private static double size(String number) {
        try {
            return Double.parseDouble(number);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
