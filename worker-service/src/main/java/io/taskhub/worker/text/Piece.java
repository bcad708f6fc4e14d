package io.taskhub.worker.text;

/**
 * A part of a Markdown document, as it stands there.
 *
 * @param verbatim whether it stays as it is: code, HTML, front matter
 */
record Piece(String text, boolean verbatim) {}
