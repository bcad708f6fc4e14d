/** Pushes what happens to those who watch. Owns nothing: it can be killed at any time, and any replica continues any client. */
@NullMarked
package io.taskhub.realtime;

import org.jspecify.annotations.NullMarked;
