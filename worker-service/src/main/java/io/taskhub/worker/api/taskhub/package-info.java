/** TaskHub's worker endpoints (taskhub.md, Workers): the registry, and runs on this process. */
@NullMarked
package io.taskhub.worker.api.taskhub;

import org.jspecify.annotations.NullMarked;
