package io.taskhub.worker.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Request;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Hears what the pages of a run do by themselves, and knows which of them is the current one: the newest that is open. Its methods
 * are called on the run's thread, while that waits for the browser.
 */
final class PageWatch {
    private static final int MOST_PAGES = 6;
    private static final int MOST_MESSAGES = 100;

    private final BrowserContext context;
    private final Updates updates;
    private Page page;
    private @Nullable String failedPage;
    private boolean crashed;
    private int messages;
    private int requests;
    private long lastRequestNanos = System.nanoTime();

    PageWatch(BrowserContext context, Updates updates) {
        this.context = context;
        this.updates = updates;
        this.page =
                context.pages().isEmpty() ? context.newPage() : context.pages().getFirst();
        hear(page);
        context.onPage(this::opened);
        context.onConsoleMessage(this::console);
        context.onWebError(error -> message(Updates.ERROR, "Page error: " + error.error()));
        context.onDialog(this::dialog);
        context.onClose(closed -> crashed = true);
        context.onRequest(request -> count(1));
        context.onRequestFinished(request -> count(-1));
        context.onRequestFailed(this::failed);
    }

    Page page() {
        if (crashed) {
            throw new RunFailure(ErrorCode.BROWSER_CRASHED, "the browser or its page crashed");
        }
        return page;
    }

    /** Whether nothing was requested, and nothing is under way, for so long. */
    boolean quietFor(long ms) {
        return requests <= 0 && System.nanoTime() - lastRequestNanos >= ms * 1_000_000;
    }

    /** The address of the page that last could not be had, after any redirects. */
    Optional<String> failedPage() {
        return Optional.ofNullable(failedPage);
    }

    void forgetFailedPage() {
        failedPage = null;
    }

    private void failed(Request request) {
        count(-1);
        if (request.isNavigationRequest() && !inside(request)) {
            failedPage = request.url();
        }
    }

    /** Whether it is for a frame in a page; a page that is only just opening has no frames yet. */
    private static boolean inside(Request request) {
        try {
            return request.frame().parentFrame() != null;
        } catch (PlaywrightException e) {
            return false;
        }
    }

    private void count(int change) {
        requests = Math.max(0, requests + change);
        lastRequestNanos = System.nanoTime();
    }

    private void hear(Page opened) {
        opened.onCrash(crash -> crashed = crashed || crash == page);
        opened.onClose(this::closed);
        opened.onDownload(download -> message(Updates.WARN, "Download refused: " + download.suggestedFilename()));
    }

    private void opened(Page popup) {
        hear(popup);
        if (context.pages().size() > MOST_PAGES) {
            message(Updates.WARN, "Too many pages: a new one was closed");
            popup.close();
        } else {
            page = popup;
            message(Updates.INFO, "The page opened another one");
        }
    }

    private void closed(Page gone) {
        if (gone == page) {
            context.pages().reversed().stream()
                    .filter(other -> !other.isClosed())
                    .findFirst()
                    .ifPresentOrElse(other -> page = other, () -> crashed = true);
        }
    }

    private void console(ConsoleMessage said) {
        String level =
                switch (said.type()) {
                    case "error", "assert" -> Updates.ERROR;
                    case "warning" -> Updates.WARN;
                    case "debug", "trace" -> Updates.DEBUG;
                    default -> Updates.INFO;
                };
        message(level, "Console: " + said.text());
    }

    private void dialog(Dialog dialog) {
        message(Updates.WARN, "Dismissed a dialog (" + dialog.type() + "): " + dialog.message());
        try {
            dialog.dismiss();
        } catch (PlaywrightException e) {
            message(Updates.DEBUG, "The dialog was gone already");
        }
    }

    /** Bounded, so that a talkative page leaves room for what the run itself has to say. */
    private void message(String level, String text) {
        messages++;
        if (messages < MOST_MESSAGES) {
            updates.log(level, text);
        } else if (messages == MOST_MESSAGES) {
            updates.log(Updates.WARN, "further messages of the page are left out");
        }
    }
}
