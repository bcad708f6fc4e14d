/**
 * Pages that become Markdown documents with their images (decisions §5).
 *
 * <pre>
 *   url ─▶ Fetcher ─▶ file ─▶ Source ─▶ Draft (Markdown with marks for images) ─▶ Assets ─▶ Translator ─▶ FrontMatter ─▶ Artifacts
 *                                ├ html: Clutter, MainContent, PageImages, PageLinks, PlainHtml, Markdown
 *                                └ text, markdown
 * </pre>
 *
 * What is fetched lies in files; how much is parsed at the same time is bounded by {@link io.taskhub.worker.document.HeapShare}.
 */
@NullMarked
package io.taskhub.worker.document;

import org.jspecify.annotations.NullMarked;
