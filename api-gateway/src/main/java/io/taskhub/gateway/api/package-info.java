/** The endpoints that the gateway answers itself. The front door has checked caller and role before any of them is reached. */
@NullMarked
package io.taskhub.gateway.api;

import org.jspecify.annotations.NullMarked;
