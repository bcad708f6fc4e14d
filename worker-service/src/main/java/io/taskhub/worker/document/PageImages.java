package io.taskhub.worker.document;

import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** Finds the address that each {@code img} really shows, lazily loaded and responsive ones too, and puts a mark in its place. */
final class PageImages {
    /** An address and its size; one that ends with a comma has none. */
    private static final Pattern CANDIDATE = Pattern.compile("(\\S++)(?:(?<=,)|([^,]*+))");

    private static final String[] LAZY = {"data-src", "data-original", "data-lazy-src"};

    private PageImages() {}

    /** @param base where the page's references start from */
    static void mark(Element content, URI base, Images images) throws IOException {
        Map<Element, String> pictures = new HashMap<>();
        for (Element image : content.select("img")) {
            Optional<String> mark = images.add(base, source(image, pictures));
            if (mark.isPresent()) {
                image.attr("src", mark.get());
            } else {
                image.removeAttr("src");
            }
        }
    }

    private static String source(Element image, Map<Element, String> pictures) {
        for (String lazy : LAZY) {
            if (!image.attr(lazy).isBlank()) {
                return image.attr(lazy);
            }
        }
        String responsive = responsive(image, pictures);
        String plain = image.attr("src");
        boolean placeholder = plain.isBlank() || (plain.startsWith("data:") && !responsive.isEmpty());
        return placeholder ? responsive : plain;
    }

    /** @param pictures the source of each that was met before: it may hold many images */
    private static String responsive(Element image, Map<Element, String> pictures) {
        String own = largest(image.attr("srcset"));
        String lazy = own.isEmpty() ? largest(image.attr("data-srcset")) : own;
        Element picture = image.closest("picture");
        if (!lazy.isEmpty() || picture == null) {
            return lazy;
        }
        return pictures.computeIfAbsent(picture, PageImages::first);
    }

    private static String first(Element picture) {
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
            String address = withoutCommas(each.group(1));
            double size = size(each.group(2));
            if (size > most && !address.isEmpty()) {
                most = size;
                best = address;
            }
        }
        return best;
    }

    private static String withoutCommas(String address) {
        int start = 0;
        int end = address.length();
        while (start < end && address.charAt(start) == ',') {
            start++;
        }
        while (start < end && address.charAt(end - 1) == ',') {
            end--;
        }
        return address.substring(start, end);
    }

    /** Of {@code 2x} or {@code 640w}, 1 of nothing. */
    private static double size(@Nullable String descriptor) {
        if (descriptor == null || descriptor.isBlank()) {
            return 1;
        }
        String size = descriptor.strip();
        try {
            return Double.parseDouble(size.substring(0, size.length() - 1));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
