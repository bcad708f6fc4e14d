/** What waits to be written to one connection, and when its reader is too slow. */
@NullMarked
package io.taskhub.realtime.outbox;

import org.jspecify.annotations.NullMarked;
