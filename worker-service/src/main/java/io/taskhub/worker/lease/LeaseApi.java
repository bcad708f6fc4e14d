package io.taskhub.worker.lease;

import io.taskhub.contracts.Lease;
import io.taskhub.contracts.identity.PeerClient;
import java.io.IOException;

/**
 * What task-service offers to workers under {@code /internal/leases/**}. {@link PeerClient.UnreachableException} says that a request was
 * certainly not seen.
 */
interface LeaseApi {

    /** The service answered, and said no: repeating the same request will not help. */
    final class RefusedException extends IOException {
        private final int status;

        RefusedException(int status, String message) {
            super(message);
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    Lease.Batch claim(Lease.ClaimRequest request) throws IOException, InterruptedException;

    Lease.HeartbeatReply heartbeat(Lease.Heartbeat heartbeat) throws IOException, InterruptedException;

    Lease.ReportReply report(Lease.ReportBatch batch) throws IOException, InterruptedException;

    void leave(Lease.Leave leave) throws IOException, InterruptedException;
}
