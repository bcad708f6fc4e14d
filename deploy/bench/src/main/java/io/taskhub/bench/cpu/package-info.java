/** What the suite's processes cost: readings of {@code /proc}, per process and summed. */
@NullMarked
package io.taskhub.bench.cpu;

import org.jspecify.annotations.NullMarked;
