package io.taskhub.worker.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MarkdownPiecesTest {
    private static final List<String> PARTS = List.of(
            "---\n",
            "title: x\n",
            "# Head\n",
            "\n",
            "\n\n",
            "words and more words\n",
            "- item\n",
            "  more of it\n",
            "1. one\n",
            "```java\n",
            "```\n",
            "~~~~\n",
            "> ```\n",
            "    code\n",
            "<div>\n",
            "<!-- a\n",
            "b -->\n",
            "<details><summary>x\n",
            "</details>\n",
            "<pre>\n",
            "</pre>\n",
            "| a | b |\n",
            "|---|---|\n",
            "no end",
            "\r\n",
            " ",
            "\t",
            "\u4f60\u597d",
            "\ud83d\ude00",
            "x".repeat(90));

    private static String joined(List<Piece> pieces) {
        return pieces.stream().map(Piece::text).collect(Collectors.joining());
    }

    private static List<String> sent(String markdown, int most) {
        return MarkdownPieces.of(markdown, most).stream()
                .filter(piece -> !piece.verbatim())
                .map(Piece::text)
                .toList();
    }

    @Test
    void whatever_the_document_is_its_pieces_joined_are_the_document() {
        Random random = new Random(7);
        for (int n = 0; n < 5_000; n++) {
            String markdown = random.ints(random.nextInt(40), 0, PARTS.size())
                    .mapToObj(PARTS::get)
                    .collect(Collectors.joining());
            int most = 2 + random.nextInt(120);
            List<Piece> pieces = MarkdownPieces.of(markdown, most);
            assertThat(joined(pieces)).isEqualTo(markdown);
            assertThat(pieces)
                    .allMatch(piece -> !piece.text().isEmpty())
                    .allMatch(piece -> piece.verbatim() || piece.text().length() <= most)
                    .noneMatch(piece -> Character.isLowSurrogate(piece.text().charAt(0)));
        }
    }

    @Test
    void endless_lines_of_one_character_are_no_trouble() {
        for (String one : List.of(">", " ", "- ", "`", "~", "<", "<a ", "![", "[x](", "⟦", "(", "1. ", "|")) {
            String line = one.repeat(50_000);
            assertThat(joined(MarkdownPieces.of(line, 6_000))).isEqualTo(line);
            String piece = one.repeat(6_000 / one.length());
            assertThat(Masked.of(piece).restore(Masked.of(piece).text())).contains(piece);
        }
    }

    @Test
    void code_html_and_front_matter_are_not_sent() {
        assertThat(sent("""
                ---
                title: A
                ---
                # One

                ```sh
                rm -rf

                # not a heading
                ```
                Two
                ~~~
                ``` inside
                ~~~

                <details>
                <summary>x</summary>

                Three

                <!-- no

                no -->

                Four <b>bold</b>
                <https://example.org> five
                """, 1000))
                .containsExactly("# One\n\n", "Two\n", "Three\n\n", "Four <b>bold</b>\n<https://example.org> five\n");
    }

    @Test
    void a_fence_inside_a_list_or_a_quotation_is_code_too() {
        assertThat(sent("- do\n  ```\n  x\n  ```\n- ```y\n  z\n  ```\n> ```\n> q\n> ```\nend\n", 1000))
                .containsExactly("- do\n", "end\n");
    }

    @Test
    void a_fence_that_is_never_closed_goes_to_the_end() {
        assertThat(sent("a\n```\nb\n\nc\n", 1000)).containsExactly("a\n");
    }

    @Test
    void blocks_stay_whole_and_fill_a_piece_as_far_as_they_fit() {
        String list = "- one\n\n- two\n\n  more\n";
        String table = "| a | b |\n|---|---|\n| 1 | 2 |\n\n";
        assertThat(sent("para\n\n" + list + "\n" + table + "end\n", 40))
                .containsExactly("para\n\n" + list + "\n", table + "end\n");
    }

    @Test
    void a_block_that_is_too_large_is_cut_after_a_line_or_a_word() {
        assertThat(sent("- aaaa\n- bbbb\n- cccc\n", 15)).containsExactly("- aaaa\n- bbbb\n", "- cccc\n");
        assertThat(sent("aaaa bbbb cccc", 10)).containsExactly("aaaa bbbb ", "cccc");
    }
}
