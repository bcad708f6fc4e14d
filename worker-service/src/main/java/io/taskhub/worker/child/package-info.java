/**
 * Tasks that a run orders and waits for.
 *
 * <pre>
 *   parent's run ── Children.attend ──▶ ordered ──▶ (task-service gives them to any worker)
 *        ▲                                 │
 *        └── started, ended, gone ── ChildPoll: one question about all children of this process
 * </pre>
 *
 * A child's key and id follow from its parent's id and attempt and the child's own name: a parent that is run again after its worker died
 * orders the same children and finds those that have ended. A parent that is cancelled or out of time takes its children with it; one that
 * is handed back leaves them to whoever runs it next.
 */
@NullMarked
package io.taskhub.worker.child;

import org.jspecify.annotations.NullMarked;
