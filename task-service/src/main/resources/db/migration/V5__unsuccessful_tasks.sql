-- An operator asks for what failed, newest first. Only failed and cancelled tasks are in it, so a task that succeeds pays nothing.
CREATE INDEX task_unsuccessful ON task (state, number) WHERE state IN (5, 6);
