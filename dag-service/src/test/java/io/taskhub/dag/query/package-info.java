@NullMarked
package io.taskhub.dag.query;

import org.jspecify.annotations.NullMarked;
