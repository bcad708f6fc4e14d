/**
 * What carries runs to their end.
 *
 * <pre>
 *   Runs.start ─▶ RunStore (1 transaction: run, nodes, first events) ─▶ RunDriver ─▶ task-service (orders, by key)
 *   Kafka task.events ─▶ TaskEventFeed ─▶ RunDriver: RunState says what follows ─▶ RunStore (1 transaction) ─▶ orders
 *                                                       RunStore ─▶ EventRelay ─▶ Kafka dag.events
 * </pre>
 *
 * Authoritative are the tables. A driver is a copy of one run in the memory of the replica that owns it; every write names the version
 * it read, so a driver whose run was taken over can change nothing. Whatever goes wrong, the driver is forgotten and the run is loaded
 * again: nodes that run are ordered again under the same keys, and the tasks' histories tell what was missed.
 */
@NullMarked
package io.taskhub.dag.run;

import org.jspecify.annotations.NullMarked;
