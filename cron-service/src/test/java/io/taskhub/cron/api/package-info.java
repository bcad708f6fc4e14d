@NullMarked
package io.taskhub.cron.api;

import org.jspecify.annotations.NullMarked;
