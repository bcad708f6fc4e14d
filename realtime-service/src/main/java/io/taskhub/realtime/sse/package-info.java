/** Progress as server-sent events, Tasks v1 (tasks-v1.md, decisions §4). */
@NullMarked
package io.taskhub.realtime.sse;

import org.jspecify.annotations.NullMarked;
