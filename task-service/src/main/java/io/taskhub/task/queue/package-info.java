/**
 * The queue: how tasks come in, are claimed, reported on, and given back.
 *
 * <pre>
 *  Intake ──(group commit)──▶ task + detail + created event
 *  ClaimDesk ──▶ Claims ──────▶ active, claim + 1, started event     woken by Signals, across replicas by Wire
 *  Settler ──▶ Settlement ────▶ progress, result, cancel, loss …     guarded by seq
 * </pre>
 *
 * Authoritative is the row in {@code task}: {@code state}, {@code claim} (the fence, never reset) and {@code seq} (the last event,
 * and the version that every change is guarded by). Nothing that is held in memory here is needed after a crash.
 */
@NullMarked
package io.taskhub.task.queue;

import org.jspecify.annotations.NullMarked;
