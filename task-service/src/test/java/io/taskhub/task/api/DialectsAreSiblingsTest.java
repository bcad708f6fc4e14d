package io.taskhub.task.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.taskhub.task", importOptions = ImportOption.DoNotIncludeTests.class)
class DialectsAreSiblingsTest {

    @ArchTest
    static final ArchRule none_imports_another =
            slices().matching("io.taskhub.task.api.(*)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule what_they_share_knows_none_of_them = noClasses()
            .that()
            .resideInAPackage("io.taskhub.task.api")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.taskhub.task.api.*..");

    @ArchTest
    static final ArchRule they_speak_to_the_domain_not_to_its_tables = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.taskhub.task.api",
                    "io.taskhub.task.api.taskhub..",
                    "io.taskhub.task.api.v1..",
                    "io.taskhub.task.api.eventjob..",
                    "io.taskhub.task.api.taskcenter..",
                    "io.taskhub.task.api.admin..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.taskhub.task.queue..", "io.taskhub.task.history..", "java.sql..", "javax.sql..");

    @ArchTest
    static final ArchRule the_rooms_of_the_domain_know_no_dialect = noClasses()
            .that()
            .resideOutsideOfPackage("io.taskhub.task.api..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.taskhub.task.api..");

    @ArchTest
    static final ArchRule where_bytes_lie_is_known_to_their_room_alone = noClasses()
            .that()
            .resideOutsideOfPackage("io.taskhub.task.artifact")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon.awssdk..");

    @ArchTest
    static final ArchRule files_know_neither_queues_nor_http = noClasses()
            .that()
            .resideInAPackage("io.taskhub.task.artifact")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.taskhub.task.queue..", "io.taskhub.task.history..", "jakarta.ws.rs..");

    @ArchTest
    static final ArchRule plans_by_rules_know_neither_model_nor_task = noClasses()
            .that()
            .resideInAPackage("io.taskhub.task.agents")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.taskhub.task",
                    "io.taskhub.task.queue..",
                    "io.taskhub.task.agents.llm..",
                    "dev.langchain4j..",
                    "com.fasterxml..");

    @ArchTest
    static final ArchRule only_its_room_knows_the_model = noClasses()
            .that()
            .resideOutsideOfPackage("io.taskhub.task.agents.llm..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.langchain4j..");
}
