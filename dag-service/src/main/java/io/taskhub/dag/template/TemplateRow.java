package io.taskhub.dag.template;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** How a template is stored. Its JSON is text: what comes out is what went in, with the same digits and the same order. */
@Entity
@Table(name = "template")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
class TemplateRow extends PanacheEntityBase {
    @Id
    String id;

    String name;
    String description;
    String body;
    String schema;

    @Column(name = "created_ms")
    long createdMs;

    @Column(name = "updated_ms")
    long updatedMs;

    protected TemplateRow() {}

    TemplateRow(String id, long createdMs) {
        this.id = id;
        this.createdMs = createdMs;
    }
}
