package io.taskhub.worker.document;

import com.vladsch.flexmark.html2md.converter.CustomHtmlNodeRenderer;
import com.vladsch.flexmark.html2md.converter.FlexmarkHtmlConverter;
import com.vladsch.flexmark.html2md.converter.HtmlMarkdownWriter;
import com.vladsch.flexmark.html2md.converter.HtmlNodeConverterContext;
import com.vladsch.flexmark.html2md.converter.HtmlNodeRendererHandler;
import com.vladsch.flexmark.util.data.MutableDataSet;
import com.vladsch.flexmark.util.format.TableFormatOptions;
import com.vladsch.flexmark.util.sequence.LineAppendable;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;

/** Writes elements as Markdown (CommonMark with GitHub's tables). */
final class Markdown {
    private static final Pattern BLANKS = Pattern.compile("\\s++");

    /** Text comes escaped. Tables are not padded: one long cell would make every row as long. */
    private static final FlexmarkHtmlConverter CONVERTER = FlexmarkHtmlConverter.builder(new MutableDataSet()
                    .set(FlexmarkHtmlConverter.SKIP_CHAR_ESCAPE, true)
                    .set(FlexmarkHtmlConverter.SKIP_ATTRIBUTES, true)
                    .set(FlexmarkHtmlConverter.TYPOGRAPHIC_QUOTES, false)
                    .set(FlexmarkHtmlConverter.TYPOGRAPHIC_SMARTS, false)
                    .set(FlexmarkHtmlConverter.FORMAT_FLAGS, LineAppendable.F_PREFIX_PRE_FORMATTED)
                    .set(FlexmarkHtmlConverter.SETEXT_HEADINGS, false)
                    .set(FlexmarkHtmlConverter.THEMATIC_BREAK, "---")
                    .set(FlexmarkHtmlConverter.UNORDERED_LIST_DELIMITER, '-')
                    .set(TableFormatOptions.FORMAT_TABLE_ADJUST_COLUMN_WIDTH, false)
                    .set(TableFormatOptions.FORMAT_TABLE_FILL_MISSING_COLUMNS, true))
            .htmlNodeRendererFactory(options -> Markdown::renderers)
            .build();

    private Markdown() {}

    /** Ends with a line break; "" when there is nothing to write. */
    static String of(Element root) throws UnusablePageException {
        String text = CONVERTER.convert(PlainHtml.of(root)).strip();
        return text.isEmpty() ? "" : text + "\n";
    }

    /** For runs of text: the library's own put blanks where the page has none, and know no line starts. */
    private static Set<HtmlNodeRendererHandler<?>> renderers() {
        return Set.of(
                marked("b", "**", "**"),
                marked("i", "*", "*"),
                marked("del", "~~", "~~"),
                marked("sub", "<sub>", "</sub>"),
                marked("sup", "<sup>", "</sup>"),
                on("p", Markdown::paragraph),
                on("br", (element, context, out) -> out.append("  \n")),
                on("code", (element, context, out) -> out.append(Escapes.codeSpan(element.wholeText()))),
                on("img", Markdown::image),
                on("span", Markdown::lineOfCell));
    }

    private static HtmlNodeRendererHandler<Element> on(String tag, CustomHtmlNodeRenderer<Element> renderer) {
        return new HtmlNodeRendererHandler<>(tag, Element.class, renderer);
    }

    private static HtmlNodeRendererHandler<Element> marked(String tag, String open, String close) {
        return on(tag, (element, context, out) -> out.append(open)
                .append(context.processTextNodes(element).strip())
                .append(close));
    }

    private static void paragraph(Element element, HtmlNodeConverterContext context, HtmlMarkdownWriter out) {
        String text = BLANKS.matcher(context.processTextNodes(element).strip()).replaceAll(Markdown::hardBreak);
        boolean first = element.previousElementSibling() == null;
        out.blankLineIf(!first).append(Escapes.paragraph(text)).line();
        if (!PlainHtml.isTight(element)) {
            out.tailBlankLine();
        }
    }

    /** Several in a row mean a paragraph. */
    private static String hardBreak(MatchResult blanks) {
        String all = blanks.group();
        if (all.indexOf('\n') < 0) {
            return all;
        }
        return all.indexOf('\n') == all.lastIndexOf('\n') ? "  \n" : "\n\n";
    }

    private static void image(Element element, HtmlNodeConverterContext context, HtmlMarkdownWriter out) {
        out.append("![")
                .append(element.attr("alt"))
                .append("](")
                .append(element.attr("src"))
                .append(")");
    }

    private static void lineOfCell(Element element, HtmlNodeConverterContext context, HtmlMarkdownWriter out) {
        out.append(context.processTextNodes(element).strip().replace("|", "\\|"));
    }
}
