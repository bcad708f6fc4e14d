package io.taskhub.dag;

/** A node's state and the number that clients see it as (decisions §3). */
public enum NodeStatus {
    PENDING(0),
    RUNNING(1),
    SUCCESS(2),
    FAILED(3),
    SKIPPED(4),
    CANCELED(5),
    TIMEOUT(6);

    private final int code;

    NodeStatus(int code) {
        this.code = code;
    }

    /** @throws IllegalArgumentException when there is no such number */
    public static NodeStatus ofCode(int code) {
        for (NodeStatus status : values()) {
            if (status.code == code) {
                return status;
            }
        }
        throw new IllegalArgumentException("no node status " + code);
    }

    /** 0 to 6. */
    public int code() {
        return code;
    }

    public boolean isFinal() {
        return this != PENDING && this != RUNNING;
    }

    /** It ran, or should have, and did not succeed. */
    public boolean isFailure() {
        return this == FAILED || this == TIMEOUT || this == CANCELED;
    }
}
