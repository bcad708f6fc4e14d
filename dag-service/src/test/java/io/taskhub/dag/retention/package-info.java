@NullMarked
package io.taskhub.dag.retention;

import org.jspecify.annotations.NullMarked;
