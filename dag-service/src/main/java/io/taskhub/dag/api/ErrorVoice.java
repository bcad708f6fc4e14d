package io.taskhub.dag.api;

/** How a dialect says a {@link Failure} (decisions §1, "Errors raised before a resource is reached"). One bean per dialect. */
public interface ErrorVoice {

    /** Start of the paths that the dialect owns; the longest one that fits a request speaks. */
    String prefix();

    /** The reply's body, for Jackson. */
    Object body(Failure failure);

    default String mediaType() {
        return "application/json";
    }
}
