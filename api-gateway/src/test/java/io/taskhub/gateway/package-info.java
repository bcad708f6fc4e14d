@NullMarked
package io.taskhub.gateway;

import org.jspecify.annotations.NullMarked;
