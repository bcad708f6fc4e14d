@NullMarked
package io.taskhub.dag.api.internal;

import org.jspecify.annotations.NullMarked;
