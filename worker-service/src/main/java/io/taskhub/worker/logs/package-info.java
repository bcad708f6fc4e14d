/** What running tasks write, on its way to {@code task.logs}: numbered per claim, in Kafka's batches, awaited before the result. */
@NullMarked
package io.taskhub.worker.logs;

import org.jspecify.annotations.NullMarked;
