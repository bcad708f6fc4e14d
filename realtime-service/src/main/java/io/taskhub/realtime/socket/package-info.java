/** The TaskHub WebSocket protocol (taskhub.md, decisions §3). */
@NullMarked
package io.taskhub.realtime.socket;

import org.jspecify.annotations.NullMarked;
