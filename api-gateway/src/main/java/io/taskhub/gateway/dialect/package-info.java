/** What the gateway says when it refuses, in the words of the API that was called. */
@NullMarked
package io.taskhub.gateway.dialect;

import org.jspecify.annotations.NullMarked;
