/** What is stored of runs, for showing it: one class of SQL per aggregate. Nothing here writes. */
@NullMarked
package io.taskhub.dag.query;

import org.jspecify.annotations.NullMarked;
