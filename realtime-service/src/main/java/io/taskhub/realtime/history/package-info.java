/** The way back: what task-service and dag-service have stored. */
@NullMarked
package io.taskhub.realtime.history;

import org.jspecify.annotations.NullMarked;
