@NullMarked
package io.taskhub.worker;

import org.jspecify.annotations.NullMarked;
