package io.taskhub.worker.document;

import java.io.IOException;

/** There is nothing in the page that could become a document. */
final class UnusablePageException extends IOException {
    UnusablePageException(String message) {
        super(message);
    }
}
