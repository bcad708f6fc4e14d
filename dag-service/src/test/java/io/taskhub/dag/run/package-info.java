@NullMarked
package io.taskhub.dag.run;

import org.jspecify.annotations.NullMarked;
