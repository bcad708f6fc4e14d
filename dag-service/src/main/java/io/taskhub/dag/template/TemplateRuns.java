package io.taskhub.dag.template;

import io.taskhub.dag.Dag;
import io.taskhub.dag.DagException;
import java.util.Map;

/** Makes a graph of a template for those who know it by its id only: orders of other services. */
@FunctionalInterface
public interface TemplateRuns {

    /**
     * @param params parsed JSON values
     * @throws DagException naming everything that is wrong: no such template, parameters, the rendered graph
     */
    Dag render(String templateId, Map<String, Object> params);
}
