/** What happens to every task, for the operators' page (decisions §7). */
@NullMarked
package io.taskhub.realtime.admin;

import org.jspecify.annotations.NullMarked;
