package io.taskhub.worker.document;

/** Counts the addresses that one document shows. They are bounded, because a reference of one letter may stand for a long one. */
final class Addresses {
    /** Characters; nobody serves longer ones. */
    static final int LONGEST = 2_000;

    /** Characters of all together. */
    static final long MOST = 4 << 20;

    private long characters;

    /**
     * Whether the document shows it.
     *
     * @param times how often
     * @throws UnusablePageException when it would show too much of them
     */
    boolean take(String address, int times) throws UnusablePageException {
        if (address.isEmpty() || address.length() > LONGEST) {
            return false;
        }
        characters += (long) address.length() * times;
        if (characters > MOST) {
            throw new UnusablePageException("page has more than " + (MOST >> 20) + " MiB of addresses");
        }
        return true;
    }
}
