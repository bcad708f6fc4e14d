/** The templates dialect: {@code {"ok":…}} (taskhub.md, Templates; decisions §3). */
@NullMarked
package io.taskhub.dag.api.template;

import org.jspecify.annotations.NullMarked;
