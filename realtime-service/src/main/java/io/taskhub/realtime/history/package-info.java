/** The way back: what task-service has stored. */
@NullMarked
package io.taskhub.realtime.history;

import org.jspecify.annotations.NullMarked;
