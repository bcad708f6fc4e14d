package io.taskhub.worker.document;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Pages without markup of HTML: Markdown is taken over, plain text is kept from being read as Markdown. Whatever is looked for, no
 * character is looked at more than a few times: nothing can stop a pattern that goes over a page again and again.
 */
final class TextPage {
    private static final Pattern FRONT_MATTER = Pattern.compile("\\A---\\R(?s:.*?)\\R---\\R+");
    private static final Pattern IMAGE = Pattern.compile("(!\\[[^\\[\\]]*+\\]\\()\\s*+<?+([^\\s)>]++)>?");

    private TextPage() {}

    static Draft markdown(Path file, Charset charset, URI uri, String untitled, Images images) throws IOException {
        String text = FRONT_MATTER.matcher(read(file, charset)).replaceFirst("");
        StringBuilder marked = new StringBuilder();
        Matcher image = IMAGE.matcher(text);
        while (image.find()) {
            Optional<String> mark = images.add(uri, image.group(2));
            image.appendReplacement(marked, Matcher.quoteReplacement(image.group(1) + mark.orElse(image.group(2))));
        }
        image.appendTail(marked);
        Optional<String> title = title(text);
        return title.isPresent()
                ? images.draft(Draft.title(title.get()), marked.toString())
                : images.draft(untitled, "# " + Escapes.inline(untitled) + "\n\n" + marked);
    }

    static Draft plain(Path file, Charset charset, String untitled, Images images) throws IOException {
        String text = Escapes.paragraph(Escapes.inline(read(file, charset)));
        StringBuilder trimmed = new StringBuilder("# " + Escapes.inline(untitled) + "\n\n");
        text.lines().forEach(line -> trimmed.append(line.stripTrailing()).append('\n'));
        return images.draft(untitled, trimmed.toString());
    }

    /** The first heading of the first level. */
    private static Optional<String> title(String text) {
        return text.lines()
                .filter(line -> line.startsWith("# ") || line.startsWith("#\t"))
                .map(line -> withoutClosing(line.substring(1).strip()))
                .filter(title -> !title.isEmpty())
                .findFirst();
    }

    private static String withoutClosing(String heading) {
        int end = heading.length();
        while (end > 0 && heading.charAt(end - 1) == '#') {
            end--;
        }
        return heading.substring(0, end).strip();
    }

    private static String read(Path file, Charset charset) throws IOException {
        String text = charset.decode(ByteBuffer.wrap(Files.readAllBytes(file))).toString();
        String clean = text.replace("\uFEFF", "").replace("\r\n", "\n").strip();
        if (clean.isEmpty()) {
            throw new UnusablePageException("no content");
        }
        return clean + "\n";
    }
}
