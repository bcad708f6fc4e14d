package io.taskhub.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may see whom inside the gateway. */
@AnalyzeClasses(packages = "io.taskhub.gateway", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule only_the_own_endpoints_know_jakarta_rest = noClasses()
            .that()
            .resideOutsideOfPackage("..api..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta.ws.rs..");

    @ArchTest
    static final ArchRule the_table_is_plain = noClasses()
            .that()
            .resideInAPackage("..routing..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx..", "io.quarkus..", "jakarta..");

    @ArchTest
    static final ArchRule the_words_of_a_refusal_know_nobody = noClasses()
            .that()
            .resideInAPackage("..dialect..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..routing..", "..identity..", "..proxy..", "..front..", "..api..");

    @ArchTest
    static final ArchRule forwarding_knows_no_database = noClasses()
            .that()
            .resideInAnyPackage("..proxy..", "..guard..", "..front..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "jakarta.persistence..");
}
