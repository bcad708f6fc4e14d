/** The health checks that clients of {@code tasks-v1.md} read, unauthenticated; the platform's own are under {@code /q/health}. */
@NullMarked
package io.taskhub.task.api.health;

import org.jspecify.annotations.NullMarked;
