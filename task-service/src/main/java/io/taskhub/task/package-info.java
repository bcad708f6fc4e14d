/**
 * The engine's domain: what a task is and what can be done with it. JDK and contracts only.
 *
 * <pre>
 *              ┌────────────── retry ◀──────────────┐
 *              ▼                                    │ attempt failed, another is allowed
 *  scheduled ─▶ pending ──── claim ────▶ active ────┼──▶ completed
 *      │           │   ◀── returned ───    │        ├──▶ archived      (failed, timed out, lost four times)
 *      │           │                       │        └──▶ cancelled
 *      └───────────┴──── cancel ───────────┼──────────▶ cancelled
 *                    fail-all              └──────────▶ archived
 *  archived, cancelled ── restart ──▶ pending        born finished: ─▶ completed | archived
 * </pre>
 *
 * Authoritative are the row in {@code task} (state, claim, seq) and its history; everything else is derived.
 */
@NullMarked
package io.taskhub.task;

import org.jspecify.annotations.NullMarked;
