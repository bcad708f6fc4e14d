package io.taskhub.worker.net;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads addresses as pages have them: blanks, umlauts and stray percent signs included. */
public final class WebAddress {
    private static final Pattern SHAPE = Pattern.compile("(?is)(https?)://([^/?#\\\\]*)([^#]*)(?:#.*)?");
    private static final Pattern SCHEME = Pattern.compile("(?is)[a-z][a-z0-9+.-]*:.*");
    private static final Pattern STRAY_PERCENT = Pattern.compile("%(?![0-9A-Fa-f]{2})");
    private static final Pattern UNSAFE = Pattern.compile("[^\\x21\\x23-\\x3b\\x3d\\x3f-\\x5a\\x5f\\x61-\\x7a\\x7e]");
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private WebAddress() {}

    /**
     * An absolute http or https address, without its fragment.
     *
     * @throws FetchRefusedException when it is none, or carries credentials
     */
    public static URI of(String text) throws FetchRefusedException {
        Matcher shape = SHAPE.matcher(text.strip());
        if (!shape.matches()) {
            throw invalid(text);
        }
        String host = shape.group(2);
        if (host.contains("@")) {
            throw new FetchRefusedException("credentials in a url are refused");
        }
        try {
            String path = shape.group(3).isEmpty() ? "/" : shape.group(3);
            URI uri = new URI(shape.group(1).toLowerCase(Locale.ROOT) + "://" + (ascii(host) ? host : IDN.toASCII(host))
                    + encoded(path));
            if (uri.getHost() != null && uri.getPort() <= 0xFFFF && uri.getPort() != 0) {
                return uri;
            }
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw invalid(text);
        }
        throw invalid(text);
    }

    /** As {@link #of(String)}, of a reference that stands on the page {@code base}. */
    public static URI of(URI base, String reference) throws FetchRefusedException {
        String text = reference.strip();
        if (SCHEME.matcher(text).matches()) {
            return of(text);
        }
        try {
            return text.startsWith("?") || text.isEmpty()
                    ? of(new URI(base.getScheme(), base.getAuthority(), base.getPath(), null, null) + text)
                    : of(base.resolve(encoded(text)).toString());
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw invalid(text);
        }
    }

    private static boolean ascii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    private static String encoded(String text) {
        String whole = STRAY_PERCENT.matcher(text).replaceAll("%25");
        return UNSAFE.matcher(whole).replaceAll(unsafe -> percent(unsafe.group()));
    }

    private static String percent(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            encoded.append('%').append(HEX.toHexDigits(b));
        }
        return encoded.toString();
    }

    private static FetchRefusedException invalid(String url) {
        return new FetchRefusedException("invalid url: " + url);
    }
}
