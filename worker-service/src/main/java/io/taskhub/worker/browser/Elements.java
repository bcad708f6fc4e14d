package io.taskhub.worker.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Finds what a plan means. The first visible element wins. A text stands for more than itself where a person would see it so: for typing
 * and selecting the field that has it as its label, placeholder, name or id; for clicking, a button or link of that name comes first. An
 * input role (textbox, searchbox, combobox) stands for any of the three, since pages differ in what they call a field.
 */
final class Elements {
    private static final Set<String> INPUTS = Set.of("textbox", "searchbox", "combobox");
    private static final long LOOK_MS = 100;

    /** What the element is wanted for. */
    enum Use {
        CLICK,
        INPUT,
        LOOK
    }

    private final PageWatch watch;

    Elements(PageWatch watch) {
        this.watch = watch;
    }

    /** Waits until it is there. */
    Locator find(io.taskhub.contracts.Locator wanted, Use use, Timeline time) {
        String reason = "";
        do {
            try {
                for (Locator candidate : candidates(watch.page(), wanted, use)) {
                    if (candidate.count() > 0) {
                        return candidate.first();
                    }
                }
                watch.page().waitForTimeout(LOOK_MS);
            } catch (PlaywrightException e) {
                reason = ": " + tolerated(e);
            }
        } while (!time.over());
        throw new RunFailure(
                ErrorCode.ELEMENT_NOT_FOUND,
                "%s: no %s within %d ms%s".formatted(time.step(), Words.of(wanted), time.limitMs(), reason));
    }

    boolean visible(io.taskhub.contracts.Locator wanted) {
        try {
            return candidates(watch.page(), wanted, Use.LOOK).stream().anyMatch(candidate -> candidate.count() > 0);
        } catch (PlaywrightException e) {
            tolerated(e);
            return false;
        }
    }

    /** A page that is just being left cannot be asked; the next one can. */
    private String tolerated(PlaywrightException e) {
        if (Words.sayGone(e)) {
            throw e;
        }
        return Words.first(e);
    }

    private static List<Locator> candidates(Page page, io.taskhub.contracts.Locator wanted, Use use) {
        List<Locator> found =
                switch (wanted) {
                    case io.taskhub.contracts.Locator.Css css -> List.of(page.locator("css=" + css.selector()));
                    case io.taskhub.contracts.Locator.Aria aria -> byRole(page, aria, use);
                    case io.taskhub.contracts.Locator.Text text -> byText(page, text, use);
                };
        return found.stream()
                .map(locator -> locator.filter(new Locator.FilterOptions().setVisible(true)))
                .toList();
    }

    private static List<Locator> byRole(Page page, io.taskhub.contracts.Locator.Aria aria, Use use) {
        String role = aria.role().strip().toLowerCase(Locale.ROOT);
        List<Locator> found = new ArrayList<>();
        found.add(byRole(page, role, aria.name()));
        if (INPUTS.contains(role)) {
            INPUTS.stream()
                    .filter(other -> !other.equals(role))
                    .sorted()
                    .forEach(other -> found.add(byRole(page, other, aria.name())));
        }
        if (use == Use.INPUT && !aria.name().isBlank()) {
            found.add(page.getByLabel(aria.name()));
            found.add(page.getByPlaceholder(aria.name()));
        }
        return found;
    }

    private static Locator byRole(Page page, String role, String name) {
        Page.GetByRoleOptions options = new Page.GetByRoleOptions();
        if (!name.isBlank()) {
            options.setName(name);
        }
        try {
            return page.getByRole(AriaRole.valueOf(role.toUpperCase(Locale.ROOT)), options);
        } catch (IllegalArgumentException e) {
            throw new RunFailure(ErrorCode.ELEMENT_NOT_FOUND, "unknown role: " + role, null, e);
        }
    }

    private static List<Locator> byText(Page page, io.taskhub.contracts.Locator.Text text, Use use) {
        String content = text.content();
        boolean exact = text.exact();
        Locator itself = page.getByText(content, new Page.GetByTextOptions().setExact(exact));
        return switch (use) {
            case LOOK -> List.of(itself);
            case CLICK -> List.of(named(page, AriaRole.BUTTON, text), named(page, AriaRole.LINK, text), itself);
            case INPUT ->
                List.of(
                        page.getByLabel(content, new Page.GetByLabelOptions().setExact(exact)),
                        page.getByPlaceholder(content, new Page.GetByPlaceholderOptions().setExact(exact)),
                        page.locator("css=:is(input, textarea, select):is([name=%1$s i], [id=%1$s i])"
                                .formatted(quoted(content))));
        };
    }

    private static Locator named(Page page, AriaRole role, io.taskhub.contracts.Locator.Text text) {
        return page.getByRole(
                role, new Page.GetByRoleOptions().setName(text.content()).setExact(text.exact()));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", " ") + '"';
    }
}
