/**
 * A process that runs tasks: it leases them from task-service in batches, runs each on a virtual thread, and reports in
 * batches. It also keeps the registry of workers that others wrote.
 *
 * <pre>
 *   lease/     Poller ─▶ LeasedRuns ─▶ (executor/ Runner) ─▶ Reports ─▶ task-service
 *                            ▲  └────▶ logs/ TaskLog ─▶ Kafka task.logs
 *              Heartbeats ───┘         registry/ RemoteWorkers ◀─ executor/ RemoteExecutor
 * </pre>
 *
 * Authoritative is task-service: what it calls lost is lost. This process only promises not to run a claim that it has not
 * heard about for 12 s.
 */
@NullMarked
package io.taskhub.worker;

import org.jspecify.annotations.NullMarked;
