@NullMarked
package io.taskhub.dag;

import org.jspecify.annotations.NullMarked;
