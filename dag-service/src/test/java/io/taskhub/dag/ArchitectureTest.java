package io.taskhub.dag;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.taskhub.dag", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule the_domain_knows_the_jdk_and_the_contracts_only = classes()
            .that()
            .resideInAPackage("io.taskhub.dag")
            .and()
            .haveNameNotMatching(".*DagServiceConfig.*")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.taskhub.dag", "io.taskhub.contracts", "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule only_the_edge_sees_http = noClasses()
            .that()
            .resideOutsideOfPackage("..api..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.ws.rs..", "io.taskhub.dag.api..");

    @ArchTest
    static final ArchRule the_edge_speaks_to_the_domain_and_what_is_stored_not_to_tables_or_the_driver = noClasses()
            .that()
            .resideInAPackage("..api..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.taskhub.dag.run..", "io.taskhub.dag.retention..", "java.sql..", "javax.sql..");

    @ArchTest
    static final ArchRule who_reads_does_not_drive = noClasses()
            .that()
            .resideInAnyPackage("..query..", "..sql..", "..template..", "..retention..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.taskhub.dag.run..");

    @ArchTest
    static final ArchRule no_dialect_imports_another =
            slices().matching("io.taskhub.dag.api.(*)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule what_they_share_knows_none_of_them = noClasses()
            .that()
            .resideInAPackage("io.taskhub.dag.api")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.taskhub.dag.api.*..");

    @ArchTest
    static final ArchRule the_services_meet_in_the_contracts_only = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.taskhub.task..",
                    "io.taskhub.worker..",
                    "io.taskhub.cron..",
                    "io.taskhub.realtime..",
                    "io.taskhub.gateway..");
}
