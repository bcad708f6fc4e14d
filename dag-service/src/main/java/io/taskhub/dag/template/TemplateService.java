package io.taskhub.dag.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskhub.dag.template.Renderer.Rendering;
import io.taskhub.dag.template.Template.Draft;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** The use cases of templates. */
@ApplicationScoped
public class TemplateService {
    /** How many templates a list shows at most. */
    public static final int MAX_LISTED = 1_000;

    private final TemplateStore store;

    TemplateService(TemplateStore store) {
        this.store = store;
    }

    /**
     * Stores a new template.
     *
     * @throws TemplateException.Invalid when it could never be rendered
     * @throws TemplateException.AlreadyExists when another one has its id
     */
    public void create(Draft draft) {
        check(draft);
        store.insert(draft);
    }

    /**
     * Replaces all of a template but its id.
     *
     * @throws TemplateException.Invalid when it could never be rendered
     * @throws TemplateException.NotFound when there is none
     */
    public void update(Draft draft) {
        check(draft);
        store.change(draft);
    }

    /** Fails with {@link TemplateException.NotFound} when there is none. */
    public void delete(String id) {
        store.remove(id);
    }

    /** Fails with {@link TemplateException.NotFound} when there is none. */
    public Template find(String id) {
        return store.read(id).orElseThrow(TemplateException.NotFound::new);
    }

    /** A part of all templates, by id; {@code more} says whether there are others behind it. */
    public record Page(List<Template> templates, boolean more) {}

    /** By id; a page of large templates ends before {@code limit}. */
    public Page list(int offset, int limit) {
        return store.page(offset, limit);
    }

    /**
     * The body of {@code POST /api/dag/run} that a template makes of these parameters.
     *
     * @throws TemplateException.NotFound when there is no such template
     * @throws TemplateException.NotRendered with everything that is wrong with the parameters
     * @throws TemplateException.TaskIdMissing when what was rendered is no DAG
     */
    public RenderedDag render(String id, ObjectNode params) {
        Template template = find(id);
        Preview preview = preview(template, params);
        return RenderedDag.of(preview.rendered(), template.name(), preview.params());
    }

    /** @param params with the schema's defaults */
    public record Preview(ObjectNode rendered, ObjectNode params) {}

    /**
     * What a template says with these parameters.
     *
     * @throws TemplateException.NotRendered with everything that is wrong
     */
    public Preview preview(Template template, ObjectNode params) {
        ParameterSchema.Checked checked = ParameterSchema.of(template.schema()).check(params);
        Rendering rendering = Renderer.render(template.body(), checked.params(), checked.wrong());
        List<String> problems = new ArrayList<>(checked.problems());
        problems.addAll(rendering.problems());
        if (!problems.isEmpty()) {
            throw new TemplateException.NotRendered(problems);
        }
        if (!(rendering.rendered() instanceof ObjectNode rendered)) {
            throw new TemplateException.NotRendered(List.of("rendered template is not an object"));
        }
        return new Preview(rendered, checked.params());
    }

    private static void check(Draft draft) {
        ParameterSchema.of(draft.schema());
        checkDepth(draft.body(), 1);
    }

    private static void checkDepth(JsonNode node, int depth) {
        if (depth > RenderBudget.MAX_DEPTH) {
            throw new TemplateException.Invalid(
                    List.of("task_json_template is nested deeper than " + RenderBudget.MAX_DEPTH + " levels"));
        }
        node.forEach(child -> checkDepth(child, depth + 1));
    }
}
