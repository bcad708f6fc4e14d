/**
 * How a task is run: one {@link io.taskhub.worker.executor.Executor} per kind of work, all of them started, timed and stopped
 * by {@link io.taskhub.worker.executor.Runner}.
 *
 * <pre>
 *   Work ─▶ Execution ─▶ Runner ─▶ Executor ─▶ Ended
 *               │            ▲
 *               │ stop ──────┘  an interrupt of the thread that runs it: every executor ends soon after one
 *               └─▶ Voice       lines and progress, as they come
 * </pre>
 *
 * This room knows neither leases nor HTTP resources: who asked for a run is not its business.
 */
@NullMarked
package io.taskhub.worker.executor;

import org.jspecify.annotations.NullMarked;
