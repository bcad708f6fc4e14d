package io.taskhub.realtime;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.taskhub.realtime", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule ONLY_API_SPEAKS_JAX_RS = noClasses()
            .that()
            .resideOutsideOfPackage("..api..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta.ws.rs..");

    @ArchTest
    static final ArchRule THE_DIALECTS_DO_NOT_KNOW_EACH_OTHER = noClasses()
            .that()
            .resideInAPackage("..sse..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..socket..");

    @ArchTest
    static final ArchRule NOR_THE_OTHER_WAY_ROUND = noClasses()
            .that()
            .resideInAPackage("..socket..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..sse..");

    @ArchTest
    static final ArchRule JOINS_ARE_PURE = noClasses()
            .that()
            .resideInAPackage("..join..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx..", "io.quarkus..", "org.apache..", "..feed..", "..history..");

    @ArchTest
    static final ArchRule THE_FEED_KNOWS_NO_DIALECT = noClasses()
            .that()
            .resideInAPackage("..feed..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..sse..", "..socket..", "..history..");
}
