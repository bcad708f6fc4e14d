/** What the gateway knows about itself and asks its peers. */
@NullMarked
package io.taskhub.gateway.system;

import org.jspecify.annotations.NullMarked;
