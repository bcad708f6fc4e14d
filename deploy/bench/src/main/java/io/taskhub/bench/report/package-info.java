/** Numbers as people read them: medians over runs, the table, RESULTS.md. */
@NullMarked
package io.taskhub.bench.report;

import org.jspecify.annotations.NullMarked;
