@NullMarked
package io.taskhub.contracts.identity;

import org.jspecify.annotations.NullMarked;
