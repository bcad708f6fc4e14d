@NullMarked
package io.taskhub.task.agents;

import org.jspecify.annotations.NullMarked;
