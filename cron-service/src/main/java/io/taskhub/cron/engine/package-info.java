/** Calls to the services that run what fires start. Every order has a key, so repeating one is harmless. */
@NullMarked
package io.taskhub.cron.engine;

import org.jspecify.annotations.NullMarked;
