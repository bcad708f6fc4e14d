@NullMarked
package io.taskhub.task.api.admin;

import org.jspecify.annotations.NullMarked;
