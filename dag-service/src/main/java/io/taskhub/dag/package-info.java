/** The domain: what a run of a graph is and what happens next in it. JDK and contracts only. */
@NullMarked
package io.taskhub.dag;

import org.jspecify.annotations.NullMarked;
