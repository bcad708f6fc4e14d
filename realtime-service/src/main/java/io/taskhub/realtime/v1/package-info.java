/** Streams of progress in the words of Tasks v1. */
@NullMarked
package io.taskhub.realtime.v1;

import org.jspecify.annotations.NullMarked;
