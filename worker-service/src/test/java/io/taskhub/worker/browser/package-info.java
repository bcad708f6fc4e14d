@NullMarked
package io.taskhub.worker.browser;

import org.jspecify.annotations.NullMarked;
