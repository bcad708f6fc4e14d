package io.taskhub.task.agents;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A web address in a text: http or https with a host, never another scheme. Only ASCII belongs to it, for Chinese text follows without
 * a blank. Where somebody left the scheme out, only endings that are no file's count, and https is meant unless it is this network.
 *
 * @param start of it in the text
 * @param end behind it
 */
record Address(int start, int end, String url) {
    private static final String ENDINGS =
            "com|org|net|io|dev|edu|gov|info|app|ai|cn|de|uk|jp|fr|eu|us|co|me|tv|ch|at|nl|se|it|es|ru|in|kr|hk|tw|sg|ca|au|br|xyz|wiki|site|online|tech|cloud|local|test|example";
    private static final String TAIL = "(?::\\d{1,5})?(?:[/?#][\\w.~:/?#\\[\\]@!$&'()*+,;=%-]*)?";
    private static final Pattern FORM = Pattern.compile(
            "(?<scheme>https?)://[\\w.~:/?#\\[\\]@!$&'()*+,;=%-]+"
                    + "|(?<![A-Za-z0-9_@./:-])(?<name>(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.){1,8}(?:" + ENDINGS
                    + ")(?![A-Za-z0-9_-])(?!\\.[A-Za-z0-9])" + TAIL + ")"
                    + "|(?<![A-Za-z0-9_@./:-])(?<near>(?:localhost|\\d{1,3}(?:\\.\\d{1,3}){3})(?![A-Za-z0-9_.-]*[A-Za-z0-9_])"
                    + TAIL + ")",
            Pattern.CASE_INSENSITIVE);
    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final String NEVER_LAST = ".,;:!?'\"*&([";
    private static final int LONGEST = 2_000;

    /** Those in {@code text}, in order. */
    static List<Address> allIn(String text) {
        List<Address> found = new ArrayList<>();
        Matcher form = FORM.matcher(text);
        while (form.find()) {
            String bare = withoutPunctuation(form.group());
            String url =
                    form.group("scheme") != null ? bare : (form.group("near") != null ? "http://" : "https://") + bare;
            clean(url).ifPresent(valid -> found.add(new Address(form.start(), form.start() + bare.length(), valid)));
        }
        return found;
    }

    static Optional<Address> firstIn(String text) {
        return allIn(text).stream().findFirst();
    }

    /** Whether a plan may go there. */
    static boolean isValid(String url) {
        if (url.length() > LONGEST) {
            return false;
        }
        try {
            URI uri = new URI(url);
            return uri.getScheme() != null
                    && SCHEMES.contains(uri.getScheme().toLowerCase(Locale.ROOT))
                    && uri.getHost() != null
                    && !uri.getHost().isEmpty();
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** The host in small letters; empty when there is none. */
    static String host(String url) {
        try {
            String host = new URI(url).getHost();
            return host == null ? "" : host.toLowerCase(Locale.ROOT);
        } catch (URISyntaxException e) {
            return "";
        }
    }

    /** Brackets and stray percent signs behind the host are common in the wild and forbidden by RFC 3986. */
    private static Optional<String> clean(String url) {
        int slash = url.indexOf('/', url.indexOf("://") + 3);
        String tail = slash < 0 ? "" : url.substring(slash).replace("[", "%5B").replace("]", "%5D");
        String whole = (slash < 0 ? url : url.substring(0, slash)) + tail.replaceAll("%(?![0-9A-Fa-f]{2})", "%25");
        return Optional.of(whole).filter(Address::isValid);
    }

    /** A sentence goes on behind an address; a closing bracket belongs to it only if it opened it. */
    private static String withoutPunctuation(String match) {
        int end = match.length();
        while (end > 0 && isPunctuation(match, end)) {
            end--;
        }
        return match.substring(0, end);
    }

    private static boolean isPunctuation(String match, int end) {
        char last = match.charAt(end - 1);
        return NEVER_LAST.indexOf(last) >= 0
                || (last == ')' && match.lastIndexOf('(', end - 1) < 0)
                || (last == ']' && match.lastIndexOf('[', end - 1) < 0);
    }
}
