/** What the suite's other services ask of this one. */
@NullMarked
package io.taskhub.realtime.api.internal;

import org.jspecify.annotations.NullMarked;
