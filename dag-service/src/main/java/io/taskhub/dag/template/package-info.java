/**
 * Templates: DAGs with parameters.
 *
 * <pre>
 * params ─▶ ParameterSchema (types, defaults) ─▶ Renderer (placeholders) ─▶ RenderedDag (what a run reads)
 * </pre>
 *
 * Rendering works on the parsed tree and is pure. A parameter's text goes into one string of the template or becomes one typed value;
 * it is never parsed, never rendered again, and refused where it would form a placeholder that the run itself resolves
 * ({@code {{nodes.…}}}, {@code {{run.…}}}).
 */
@NullMarked
package io.taskhub.dag.template;

import org.jspecify.annotations.NullMarked;
