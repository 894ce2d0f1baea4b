package io.latchkey.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Checks which package of the credits jar may use which. */
class CreditsDependencyTest {

    private static final JavaClasses ALL =
            new ClassFileImporter().importPath(Path.of(System.getProperty("basedir"), "target", "classes"));

    @Test
    void everyClassIsInThePackageOfCredits() {
        classes().should().resideInAPackage("io.latchkey.credits..").check(ALL);
    }

    @Test
    void onlyTheLedgerUsesTheDatabase() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.latchkey.credits.ledger..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.latchkey.model.jpa..", "jakarta.persistence..", "org.hibernate..")
                .check(ALL);
    }

    @Test
    void onlyEndpointsUseJaxRs() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.latchkey.credits", "io.latchkey.credits.rest..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.ws.rs..", "io.latchkey.rest..", "io.latchkey.http..")
                .check(ALL);
    }

    @Test
    void noClassUsesKeycloaksImplementation() {
        noClasses()
                .should()
                .dependOnClassesThat(KeycloakInternalsTest.IMPLEMENTATION)
                .check(ALL);
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching("io.latchkey.(credits..)").should().beFreeOfCycles().check(ALL);
    }
}
