package io.taskhub.contracts;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.taskhub.contracts", importOptions = ImportOption.DoNotIncludeTests.class)
class ContractsStayPlainTest {

    @ArchTest
    static final ArchRule only_the_jdk_and_jackson_annotations = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..", "io.taskhub.contracts..", "com.fasterxml.jackson.annotation..", "org.jspecify..");
}
