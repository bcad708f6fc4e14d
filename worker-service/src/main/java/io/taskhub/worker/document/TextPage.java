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

/** Pages without markup of HTML: Markdown is taken over, plain text is kept from being read as Markdown. */
final class TextPage {
    private static final Pattern FRONT_MATTER = Pattern.compile("\\A---\\R(?s:.*?)\\R---\\R+");
    private static final Pattern IMAGE = Pattern.compile("(!\\[[^\\]]*\\]\\()\\s*<?([^\\s)>]+)>?");
    private static final Pattern TITLE = Pattern.compile("(?m)^#\\s+(.+?)\\s*#*$");
    private static final Pattern TRAILING = Pattern.compile("(?m)[ \\t]+$");

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
        Matcher title = TITLE.matcher(text);
        return title.find()
                ? images.draft(title.group(1), marked.toString())
                : images.draft(untitled, "# " + Escapes.inline(untitled) + "\n\n" + marked);
    }

    static Draft plain(Path file, Charset charset, String untitled, Images images) throws IOException {
        String text = TRAILING.matcher(Escapes.paragraph(Escapes.inline(read(file, charset))))
                .replaceAll("");
        return images.draft(untitled, "# " + Escapes.inline(untitled) + "\n\n" + text);
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
