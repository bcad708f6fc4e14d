/** TaskHub's DAG runs ({@code taskhub.md} "DAG run"): start, watch, cancel, retry, and what is known of them. */
@NullMarked
package io.taskhub.dag.api.taskhub;

import org.jspecify.annotations.NullMarked;
