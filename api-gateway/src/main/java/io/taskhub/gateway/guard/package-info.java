/** What is refused before anybody asks who calls: shapes that smuggle, clients that hammer. */
@NullMarked
package io.taskhub.gateway.guard;

import org.jspecify.annotations.NullMarked;
