/** What crosses a service boundary. */
@NullMarked
package io.taskhub.contracts;

import org.jspecify.annotations.NullMarked;
