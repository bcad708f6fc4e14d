/** Task Center's stream of one task (task-center.md §4), as server-sent events and as a WebSocket. */
@NullMarked
package io.taskhub.realtime.taskcenter;

import org.jspecify.annotations.NullMarked;
