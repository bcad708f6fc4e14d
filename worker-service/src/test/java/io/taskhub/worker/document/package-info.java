@NullMarked
package io.taskhub.worker.document;

import org.jspecify.annotations.NullMarked;
