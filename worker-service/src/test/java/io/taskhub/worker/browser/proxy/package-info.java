@NullMarked
package io.taskhub.worker.browser.proxy;

import org.jspecify.annotations.NullMarked;
