/**
 * Files that tasks left. The bytes lie in an {@link io.taskhub.task.artifact.ArtifactStore} under a key that is never used again, the row
 * in {@code artifact} says which of them a client may see under which path. Bytes come first and go last, so a row never names what is not
 * there; what no row names is swept away.
 */
@NullMarked
package io.taskhub.task.artifact;

import org.jspecify.annotations.NullMarked;
