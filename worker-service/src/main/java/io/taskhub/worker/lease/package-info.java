/**
 * The worker's side of leases (architecture, item 2): claim, run, report, each in batches.
 *
 * <pre>
 *   claimed ──▶ running ──▶ ended ──▶ reported ──▶ forgotten
 *                  │           │
 *                  └── lost ───┴────────────────▶ forgotten, nothing reported
 * </pre>
 *
 * A claim is listed in every heartbeat from the moment it arrives until its result is answered. Running ones count against
 * the concurrency; ended ones that are not yet answered against a backlog of four times as many.
 */
@NullMarked
package io.taskhub.worker.lease;

import org.jspecify.annotations.NullMarked;
