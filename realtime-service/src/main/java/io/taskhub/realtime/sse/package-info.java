/** What every stream is made of, whatever its dialect: following a task, its ids, its frames and its reader. */
@NullMarked
package io.taskhub.realtime.sse;

import org.jspecify.annotations.NullMarked;
