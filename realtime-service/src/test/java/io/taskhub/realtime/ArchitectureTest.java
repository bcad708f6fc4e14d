package io.taskhub.realtime;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Set;

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
    static final ArchRule THE_DIALECTS_DO_NOT_KNOW_EACH_OTHER =
            slices().assignedFrom(new Dialects()).should().notDependOnEachOther();

    @ArchTest
    static final ArchRule WHAT_STREAMS_ARE_MADE_OF_KNOWS_NO_DIALECT = noClasses()
            .that()
            .resideInAPackage("..sse..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..socket..", "..v1..", "..taskcenter..", "..admin..");

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
            .resideInAnyPackage("..sse..", "..socket..", "..v1..", "..taskcenter..", "..admin..", "..history..");

    /** TaskHub's sockets, v1, Task Center and the operators' page. */
    private static final class Dialects implements SliceAssignment {
        private static final Set<String> NAMES = Set.of("socket", "v1", "taskcenter", "admin");

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            String name = type.getPackageName().substring(type.getPackageName().lastIndexOf('.') + 1);
            return NAMES.contains(name) ? SliceIdentifier.of(name) : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "dialects";
        }
    }
}
