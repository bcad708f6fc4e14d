package io.taskhub.dag.api.internal;

import io.taskhub.contracts.RunOrder;
import io.taskhub.dag.Dag;
import io.taskhub.dag.DagException;
import io.taskhub.dag.DagReader;
import io.taskhub.dag.NewRun;
import io.taskhub.dag.api.JsonBody;
import io.taskhub.dag.template.TemplateRuns;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Objects;

/** Reads what another service wants run. */
@ApplicationScoped
class Orders {
    private final TemplateRuns templates;

    Orders(TemplateRuns templates) {
        this.templates = templates;
    }

    /** @throws DagException when it cannot be run, with everything that is wrong */
    NewRun read(RunOrder order) {
        if (order.key() == null || order.source() == null || order.name() == null || order.created_by() == null) {
            throw new DagException("key, source, name and created_by are required");
        }
        Dag dag = dag(order);
        return new NewRun(
                order.key(),
                dag,
                dag.name().isBlank() ? order.name() : dag.name(),
                order.source(),
                order.created_by(),
                order.template_id(),
                order.cron_job_id());
    }

    private Dag dag(RunOrder order) {
        Map<String, Object> params = Objects.requireNonNullElse(order.params(), Map.of());
        if (!JsonBody.allStorable(order.dag()) || !JsonBody.allStorable(params)) {
            throw new DagException(JsonBody.NOT_STORABLE);
        }
        if (order.dag() != null) {
            return DagReader.read(order.dag());
        }
        if (order.template_id() != null) {
            return templates.render(order.template_id(), params);
        }
        throw new DagException("neither dag nor template_id says what is to run");
    }
}
