@NullMarked
package io.taskhub.gateway.dialect;

import org.jspecify.annotations.NullMarked;
