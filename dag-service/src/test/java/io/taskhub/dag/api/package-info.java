@NullMarked
package io.taskhub.dag.api;

import org.jspecify.annotations.NullMarked;
