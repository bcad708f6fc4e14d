@NullMarked
package io.taskhub.task.agents.llm;

import org.jspecify.annotations.NullMarked;
