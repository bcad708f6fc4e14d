package io.taskhub.task.api.taskcenter;

import io.taskhub.task.api.ErrorVoice;
import io.taskhub.task.api.Failure;
import io.taskhub.task.api.ProblemVoice;
import jakarta.inject.Singleton;

/** Task Center's errors are {@code application/problem+json} (decisions §1). */
@Singleton
public class TaskCenterErrors implements ErrorVoice {

    @Override
    public String prefix() {
        return "/api/tasks/tsk_";
    }

    @Override
    public Object body(Failure failure) {
        return ProblemVoice.Problem.of(failure);
    }

    @Override
    public String mediaType() {
        return ProblemVoice.MEDIA_TYPE;
    }
}
