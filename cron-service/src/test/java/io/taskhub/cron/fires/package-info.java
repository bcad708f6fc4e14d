@NullMarked
package io.taskhub.cron.fires;

import org.jspecify.annotations.NullMarked;
