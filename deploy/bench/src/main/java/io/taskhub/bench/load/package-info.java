/** The load generator: closed and open loops, their clients and their latencies. */
@NullMarked
package io.taskhub.bench.load;

import org.jspecify.annotations.NullMarked;
