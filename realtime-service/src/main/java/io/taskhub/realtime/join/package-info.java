/** Where the live feed and the stored history of one subscription meet: pure values, no clock, no network. */
@NullMarked
package io.taskhub.realtime.join;

import org.jspecify.annotations.NullMarked;
