/**
 * Plans for browser agents (decisions §6). {@link io.taskhub.task.agents.RulePlanner} is a pure function of the prompt: it cuts it into
 * clauses at the verbs it knows ({@link io.taskhub.task.agents.Clauses}), makes each an action ({@link
 * io.taskhub.task.agents.PromptReader}) and writes these down as steps ({@link io.taskhub.task.agents.StepWriter}). JDK and contracts only.
 */
@NullMarked
package io.taskhub.task.agents;

import org.jspecify.annotations.NullMarked;
