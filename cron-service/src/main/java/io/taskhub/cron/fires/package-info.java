/**
 * Fires, from the moment they are due to what they start.
 *
 * <pre>
 *   due ──▶ claimed ──────────────────────────▶ created       (overlap allow)
 *              │ └──▶ admitted ───────────────▶ created
 *              │        ▲   └─────────────────▶ failed        (refused for good)
 *              ├──▶ queued
 *              └──▶ skipped
 * </pre>
 *
 * The row is authoritative: a job's {@code next_fire_ms} moves and its fires are written in one transaction, under the job's row
 * lock. Who claimed or admitted a fire starts it within its lease; after that anybody does. The key of the order makes it once.
 */
@NullMarked
package io.taskhub.cron.fires;

import org.jspecify.annotations.NullMarked;
