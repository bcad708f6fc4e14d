@NullMarked
package io.taskhub.dag.api.template;

import org.jspecify.annotations.NullMarked;
