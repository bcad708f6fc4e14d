/**
 * Plans by a language model, if one is configured. What it answers is checked like any stranger's input; whatever is wrong with it, the
 * rules have a plan.
 */
@NullMarked
package io.taskhub.task.agents.llm;

import org.jspecify.annotations.NullMarked;
