/** The domain: when a job fires and what that starts. JDK, contracts and the cron parser only. */
@NullMarked
package io.taskhub.cron;

import org.jspecify.annotations.NullMarked;
