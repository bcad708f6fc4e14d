/** The suite under load: one that runs already, or one started for the occasion as a process of its own. */
@NullMarked
package io.taskhub.bench.suite;

import org.jspecify.annotations.NullMarked;
