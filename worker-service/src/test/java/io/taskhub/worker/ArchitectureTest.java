package io.taskhub.worker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.taskhub.worker", importOptions = ImportOption.DoNotIncludeTests.class)
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
    static final ArchRule how_a_task_is_run_knows_nothing_of_leases = noClasses()
            .that()
            .resideInAnyPackage("..executor..", "..registry..", "..logs..", "..text..", "..browser..", "..child..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..lease..");

    @ArchTest
    static final ArchRule only_one_room_dials = noClasses()
            .that()
            .resideOutsideOfPackage("..net..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.hc..");

    @ArchTest
    static final ArchRule how_the_outside_is_reached_does_not_depend_on_who_asks = noClasses()
            .that()
            .resideInAPackage("..net..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..executor..", "..lease..", "..document..");

    @ArchTest
    static final ArchRule the_services_meet_in_the_contracts_only = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.taskhub.task..", "io.taskhub.gateway..", "io.taskhub.realtime..");

    @ArchTest
    static final ArchRule only_browsers_know_what_drives_them = noClasses()
            .that()
            .resideOutsideOfPackage("..browser..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.microsoft.playwright..", "io.taskhub.worker.browser..");
}
