/**
 * The only way out for a page: an HTTP proxy on loopback that looks at the address of everything a browser asks for.
 *
 * <pre>
 *   Chromium ─▶ CheckingProxy ─▶ ProxyExchange ─▶ AddressRules ─▶ the address that was checked
 * </pre>
 */
@NullMarked
package io.taskhub.worker.browser.proxy;

import org.jspecify.annotations.NullMarked;
