package io.taskhub.worker.document;

import java.net.URI;
import java.nio.file.Path;

/** One that a document shows. Numbers count from 1, in the order of their first appearance. */
sealed interface Image {
    int number();

    /** Still to be fetched. */
    record Remote(int number, URI uri) implements Image {}

    /** It came with the page, and lies in a file. */
    record Embedded(int number, Path file) implements Image {}
}
