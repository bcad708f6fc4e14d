/**
 * The edge: one package per dialect, siblings that never import one another, and here what all of them need to read a request
 * and to refuse it.
 */
@NullMarked
package io.taskhub.dag.api;

import org.jspecify.annotations.NullMarked;
