package io.taskhub.contracts;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * A file that a task left. Answer of {@code PUT /internal/artifacts/{task uuid}/{claim}?path=&label=&mime=} of task-service, whose
 * body are the file's bytes; role {@code service}. Only the task's current claim may store (409 otherwise); a file above the limit or
 * the task's quota is 413; a path that could leave the task's own space is 400. What an earlier claim stored goes when a later
 * one stores its first file.
 *
 * @param path within the task, with {@code /}, no empty, {@code .} or {@code ..} segment
 * @param size bytes
 * @param sha256 of the content, hexadecimal
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record StoredArtifact(String path, String label, String mime, long size, String sha256) {}
