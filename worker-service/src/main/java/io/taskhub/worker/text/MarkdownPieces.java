package io.taskhub.worker.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a Markdown document into pieces that can be translated one by one. Joined they are the document, character by character. A piece
 * ends where a block ends: lists, tables and paragraphs stay whole as long as they are not larger than a piece may be.
 */
final class MarkdownPieces {
    private final int most;
    private final List<Piece> pieces = new ArrayList<>();
    private final StringBuilder prose = new StringBuilder();

    private MarkdownPieces(int most) {
        this.most = most;
    }

    /** @param most characters of a piece that is not verbatim, at least 2 */
    static List<Piece> of(String markdown, int most) {
        MarkdownPieces pieces = new MarkdownPieces(most);
        new MarkdownBlocks(markdown).forEach(pieces::add);
        pieces.flush();
        return pieces.pieces;
    }

    private void add(Piece block) {
        if (block.verbatim()) {
            flush();
            pieces.add(block);
            return;
        }
        if (prose.length() + block.text().length() > most) {
            flush();
        }
        prose.append(block.text());
        while (prose.length() > most) {
            int cut = cut(prose, most);
            pieces.add(new Piece(prose.substring(0, cut), false));
            prose.delete(0, cut);
        }
    }

    private void flush() {
        if (!prose.isEmpty()) {
            pieces.add(new Piece(prose.toString(), false));
            prose.setLength(0);
        }
    }

    /** Where a block that is too large is cut: after a line, else after a word, else between two characters. */
    private static int cut(CharSequence text, int most) {
        for (char end : new char[] {'\n', ' '}) {
            for (int i = most; i > most / 2; i--) {
                if (text.charAt(i - 1) == end) {
                    return i;
                }
            }
        }
        return Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    }
}
