@NullMarked
package io.taskhub.gateway.identity;

import org.jspecify.annotations.NullMarked;
