/** What is measured, one class per kind of load. */
@NullMarked
package io.taskhub.bench.scenario;

import org.jspecify.annotations.NullMarked;
