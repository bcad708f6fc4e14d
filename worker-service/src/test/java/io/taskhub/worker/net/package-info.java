@NullMarked
package io.taskhub.worker.net;

import org.jspecify.annotations.NullMarked;
