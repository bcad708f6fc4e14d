/** What every endpoint of this service answers when a request does not get as far as a resource. */
@NullMarked
package io.taskhub.cron.api;

import org.jspecify.annotations.NullMarked;
