@NullMarked
package io.taskhub.cron;

import org.jspecify.annotations.NullMarked;
