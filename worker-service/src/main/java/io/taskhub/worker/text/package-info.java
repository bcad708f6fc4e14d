/** What is done to text by a language model: translations and briefs. */
@NullMarked
package io.taskhub.worker.text;

import org.jspecify.annotations.NullMarked;
