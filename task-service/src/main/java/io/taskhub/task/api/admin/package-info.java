/**
 * The admin jobs dialect ({@code admin-realtime-jobs.md}, decisions §7): every task of the engine as an operators' page shows it.
 * Its event stream is served by realtime-service.
 */
@NullMarked
package io.taskhub.task.api.admin;

import org.jspecify.annotations.NullMarked;
