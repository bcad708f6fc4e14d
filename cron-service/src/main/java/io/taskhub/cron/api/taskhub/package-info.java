/** TaskHub's cron endpoints (taskhub.md, Cron; decisions §3). */
@NullMarked
package io.taskhub.cron.api.taskhub;

import org.jspecify.annotations.NullMarked;
