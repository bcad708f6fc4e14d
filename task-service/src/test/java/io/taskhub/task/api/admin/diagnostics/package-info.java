@NullMarked
package io.taskhub.task.api.admin.diagnostics;

import org.jspecify.annotations.NullMarked;
