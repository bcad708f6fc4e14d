package io.taskhub.cron;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.taskhub.cron", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule only_endpoints_see_http_resources = noClasses()
            .that()
            .resideOutsideOfPackage("..api..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.ws.rs..");

    @ArchTest
    static final ArchRule nobody_inside_depends_on_the_endpoints = noClasses()
            .that()
            .resideOutsideOfPackage("..api..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..api..");

    @ArchTest
    static final ArchRule when_a_job_fires_depends_on_nothing_around_it = noClasses()
            .that()
            .resideInAPackage("io.taskhub.cron")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.taskhub.cron.*..", "java.sql..", "javax.sql..", "jakarta..", "io.quarkus..", "com.fasterxml..");

    @ArchTest
    static final ArchRule who_runs_things_knows_nothing_of_fires = noClasses()
            .that()
            .resideInAnyPackage("..engine..", "..jobs..", "..sql..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..fires..");

    @ArchTest
    static final ArchRule the_services_meet_in_the_contracts_only = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.taskhub.task..", "io.taskhub.dag..", "io.taskhub.gateway..", "io.taskhub.worker..");
}
