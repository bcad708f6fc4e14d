package io.taskhub.worker.document;

import io.taskhub.worker.net.FetchRefusedException;
import io.taskhub.worker.net.WebAddress;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Collects the images of one page, each address once, and gives out the marks that stand for them. */
final class Images {
    /** The most that one image may have, in bytes. */
    static final long LARGEST = 10 << 20;

    /** Different ones. Each costs an entry here, or even a file. */
    private static final int MOST = 10_000;

    private static final String DATA = "data:";
    private static final String BASE64 = ";base64";

    private final Path directory;
    private final String mark = "image-" + UUID.randomUUID().toString().substring(0, 13) + "-";
    private final Map<String, String> marks = new LinkedHashMap<>();
    private final Addresses addresses = new Addresses();
    private final List<Image> images = new ArrayList<>();

    Images(Path directory) {
        this.directory = directory;
    }

    /**
     * The mark for an image of the page, nothing when the reference leads nowhere.
     *
     * @throws UnusablePageException when the page has too many
     */
    Optional<String> add(URI base, String reference) throws IOException {
        String source = reference.strip();
        boolean embedded = source.regionMatches(true, 0, DATA, 0, DATA.length());
        String key = embedded ? source : absolute(base, source);
        if (!embedded && !addresses.take(key, 1)) {
            return Optional.empty();
        }
        String known = marks.get(key);
        if (known != null) {
            return Optional.of(known);
        }
        int number = images.size() + 1;
        if (number > MOST) {
            throw new UnusablePageException("page has more than " + MOST + " images");
        }
        if (embedded) {
            Optional<byte[]> content = decoded(source);
            if (content.isEmpty()) {
                return Optional.empty();
            }
            Path file = directory.resolve("embedded-" + number);
            Files.write(file, content.get());
            images.add(new Image.Embedded(number, file));
        } else {
            images.add(new Image.Remote(number, URI.create(key)));
        }
        marks.put(key, mark + number);
        return Optional.of(mark + number);
    }

    private static String absolute(URI base, String reference) {
        try {
            return reference.isEmpty() ? "" : WebAddress.of(base, reference).toString();
        } catch (FetchRefusedException e) {
            return "";
        }
    }

    private static Optional<byte[]> decoded(String source) {
        int comma = source.indexOf(',');
        if (comma < 0 || source.length() > LARGEST * 4 / 3 + comma) {
            return Optional.empty();
        }
        String kind = source.substring(DATA.length(), comma).toLowerCase(Locale.ROOT);
        if (!kind.startsWith("image/") || !kind.endsWith(BASE64)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    Base64.getMimeDecoder().decode(source.substring(comma + 1).getBytes(StandardCharsets.ISO_8859_1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    Draft draft(String title, String markdown) {
        return new Draft(title, markdown, mark, List.copyOf(images));
    }
}
