/** The suite as its clients see it: black box, through the gateway, on real processes, PostgreSQL and Kafka. */
@NullMarked
package io.taskhub.e2e;

import org.jspecify.annotations.NullMarked;
