@NullMarked
package io.taskhub.gateway.proxy;

import org.jspecify.annotations.NullMarked;
