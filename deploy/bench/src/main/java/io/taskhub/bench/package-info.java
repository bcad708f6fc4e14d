/** {@code ./taskhub bench}: load against the running suite through the gateway (issue 2 §6). */
@NullMarked
package io.taskhub.bench;

import org.jspecify.annotations.NullMarked;
