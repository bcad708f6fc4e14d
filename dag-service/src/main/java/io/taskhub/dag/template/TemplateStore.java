package io.taskhub.dag.template;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import io.taskhub.dag.template.Template.Draft;
import io.taskhub.dag.template.TemplateService.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hibernate.exception.ConstraintViolationException;

/** The templates in the database. */
@ApplicationScoped
class TemplateStore implements PanacheRepositoryBase<TemplateRow, String> {
    private static final int PAGE_CHARS = 16 << 20;
    private static final String SIZES = """
            SELECT t.id, length(t.body) + length(t.schema)
            FROM TemplateRow t
            ORDER BY t.id""";

    /** How much there is to read. */
    record Size(String id, int chars) {}

    /** Fails with {@link TemplateException.AlreadyExists}. */
    @Transactional
    public void insert(Draft draft) {
        if (findById(draft.id()) != null) {
            throw new TemplateException.AlreadyExists();
        }
        long now = now();
        TemplateRow row = new TemplateRow(draft.id(), now);
        describe(row, draft, now);
        try {
            persistAndFlush(row);
        } catch (ConstraintViolationException e) {
            // somebody else created it at the same moment
            throw new TemplateException.AlreadyExists();
        }
    }

    /** Fails with {@link TemplateException.NotFound}. */
    @Transactional
    public void change(Draft draft) {
        TemplateRow row = findById(draft.id());
        if (row == null) {
            throw new TemplateException.NotFound();
        }
        describe(row, draft, now());
    }

    /** Fails with {@link TemplateException.NotFound}. */
    @Transactional
    public void remove(String id) {
        if (!deleteById(id)) {
            throw new TemplateException.NotFound();
        }
    }

    @Transactional
    public Optional<Template> read(String id) {
        return findByIdOptional(id).map(TemplateStore::template);
    }

    /** Looks at the sizes first: the largest templates are thousands of times the usual ones. */
    @Transactional
    public Page page(int offset, int limit) {
        List<Size> sizes = getEntityManager()
                .createQuery(SIZES, Size.class)
                .setFirstResult(offset)
                .setMaxResults(limit + 1)
                .getResultList();
        long chars = 0;
        List<String> ids = new ArrayList<>();
        for (Size size : sizes) {
            chars += size.chars();
            if (ids.size() == limit || (chars > PAGE_CHARS && !ids.isEmpty())) {
                break;
            }
            ids.add(size.id());
        }
        List<Template> templates = list("id in ?1", Sort.by("id"), ids).stream()
                .map(TemplateStore::template)
                .toList();
        return new Page(templates, ids.size() < sizes.size());
    }

    private static void describe(TemplateRow row, Draft draft, long now) {
        row.name = draft.name();
        row.description = draft.description();
        row.body = draft.body().toString();
        row.schema = draft.schema().toString();
        row.updatedMs = now;
    }

    private static Template template(TemplateRow row) {
        return new Template(
                row.id,
                row.name,
                row.description,
                JsonTree.parse(row.body),
                JsonTree.parse(row.schema),
                Instant.ofEpochMilli(row.createdMs),
                Instant.ofEpochMilli(row.updatedMs));
    }

    private long now() {
        return (Long) getEntityManager()
                .createNativeQuery("SELECT clock()", Long.class)
                .getSingleResult();
    }
}
