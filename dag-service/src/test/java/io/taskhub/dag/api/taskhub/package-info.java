@NullMarked
package io.taskhub.dag.api.taskhub;

import org.jspecify.annotations.NullMarked;
