package io.taskhub.worker.browser;

/** {@code error_code} of a failed run. */
enum ErrorCode {
    /** No Chromium here, or it does not start. */
    BROWSER_UNAVAILABLE,
    /** The plan leads to an address that pages may not reach. */
    ADDRESS_REFUSED,
    NAVIGATION_FAILED,
    ELEMENT_NOT_FOUND,
    /** A step, or the whole run, took longer than it may. */
    STEP_TIMEOUT,
    /** What must hold after a step does not. */
    VALIDATION_FAILED,
    /** The browser or its page went away. */
    BROWSER_CRASHED,
    /** The payload is no plan that can be run. */
    PLAN_INVALID
}
