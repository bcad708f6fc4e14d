/** How this process reaches the outside for a client: only addresses that were checked are ever dialled. */
@NullMarked
package io.taskhub.worker.net;

import org.jspecify.annotations.NullMarked;
