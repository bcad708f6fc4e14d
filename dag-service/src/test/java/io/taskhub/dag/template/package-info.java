@NullMarked
package io.taskhub.dag.template;

import org.jspecify.annotations.NullMarked;
