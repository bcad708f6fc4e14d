package io.taskhub.dag.template;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

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

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "updated_at")
    Instant updatedAt;

    protected TemplateRow() {}

    TemplateRow(String id, Instant createdAt) {
        this.id = id;
        this.createdAt = createdAt;
    }
}
