package io.taskhub.task.api.eventjob;

import io.taskhub.task.api.ErrorVoice;
import io.taskhub.task.api.Failure;
import jakarta.inject.Singleton;

/** The same errors at the other door. */
@Singleton
public class MirrorErrors implements ErrorVoice {

    @Override
    public String prefix() {
        return "/api/jobs";
    }

    @Override
    public Object body(Failure failure) {
        return EventJobErrors.Body.of(failure);
    }
}
