@NullMarked
package io.taskhub.local;

import org.jspecify.annotations.NullMarked;
