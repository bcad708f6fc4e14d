package io.taskhub.dag.template;

import io.taskhub.dag.Dag;
import io.taskhub.dag.DagException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** Renders for other services. */
@ApplicationScoped
class TemplateGraphs implements TemplateRuns {
    private final TemplateService templates;

    TemplateGraphs(TemplateService templates) {
        this.templates = templates;
    }

    @Override
    public Dag render(String templateId, Map<String, Object> params) {
        try {
            return templates.render(templateId, JsonTree.of(params)).graph();
        } catch (TemplateException e) {
            throw new DagException(String.valueOf(e.getMessage()));
        }
    }
}
