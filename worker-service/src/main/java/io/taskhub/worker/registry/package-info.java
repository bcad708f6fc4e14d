/**
 * Workers that others wrote: who they are, whether they live, what was sent to them. All of it is in PostgreSQL, by its clock,
 * so any replica knows it.
 *
 * <pre>
 *   registered ──heartbeat──▶ alive ──10 s of silence──▶ silent ──60 s──▶ forgotten
 *                               ▲                          │
 *                               └────────heartbeat─────────┘
 * </pre>
 */
@NullMarked
package io.taskhub.worker.registry;

import org.jspecify.annotations.NullMarked;
