/** What a client of TaskHub needs: HTTP with a token, a WebSocket, server-sent events, and a raw connection for bad manners. */
@NullMarked
package io.taskhub.e2e.client;

import org.jspecify.annotations.NullMarked;
