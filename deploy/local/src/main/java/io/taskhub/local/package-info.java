/**
 * One machine: real PostgreSQL and real Kafka without a container engine, and the services as child processes.
 *
 * <p>{@link io.taskhub.local.EmbeddedPostgres} and {@link io.taskhub.local.EmbeddedKafka} know nothing of TaskHub's services; tests
 * reach them through {@link io.taskhub.local.TestInfrastructure}, the local run through {@code Suite}.
 */
@NullMarked
package io.taskhub.local;

import org.jspecify.annotations.NullMarked;
