/**
 * Plans of browser agents, run in a real Chromium (decisions §6).
 *
 * <pre>
 *   BrowserExecutor ─▶ BrowserSession   one task: run directory, Lifeline, proxy/, driver, browser
 *          └─────────▶ PlanRun ─▶ StepRunner ─▶ Elements, Conditions, Extraction
 *                         └─────▶ Updates ─▶ progress of the task
 * </pre>
 *
 * Nothing here closes a browser politely. Its profile is thrown away, so the end of a task, good or bad, is one: the {@link
 * io.taskhub.worker.browser.Lifeline} is cut, and every process that hangs on it dies.
 */
@NullMarked
package io.taskhub.worker.browser;

import org.jspecify.annotations.NullMarked;
