@NullMarked
package io.taskhub.worker.text;

import org.jspecify.annotations.NullMarked;
