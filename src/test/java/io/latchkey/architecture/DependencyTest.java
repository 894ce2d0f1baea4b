package io.latchkey.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.domain.properties.HasReturnType;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.latchkey.keycloak.CallerConnection;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.keycloak.common.ClientConnection;

/** Who may know whom. A room that does not exist yet breaks no rule. */
class DependencyTest {

    @Test
    void theProviderIsThere() {
        assertTrue(Rooms.ALL.size() > 50, "so many classes were found: " + Rooms.ALL.size());
    }

    @Test
    void dependenciesPointFromTheDoorsToTheData() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .layer("doors")
                .definedBy(Rooms.DOORS)
                .layer("composition root")
                .definedBy(Rooms.BASE)
                .layer("use cases")
                .definedBy(Rooms.USE_CASES)
                .layer("rules")
                .definedBy(Rooms.RULES)
                .layer("data")
                .definedBy(Rooms.DATA)
                .layer("adapter")
                .definedBy(Rooms.ADAPTER)
                .whereLayer("doors")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("composition root")
                .mayOnlyBeAccessedByLayers("doors")
                .whereLayer("use cases")
                .mayOnlyBeAccessedByLayers("doors", "composition root")
                .whereLayer("rules")
                .mayOnlyBeAccessedByLayers("doors", "composition root", "use cases", "adapter")
                .check(Rooms.ALL);
    }

    @Test
    void everyClassIsInARoom() {
        classes()
                .should()
                .resideInAnyPackage(Rooms.DOORS)
                .orShould()
                .resideInAPackage(Rooms.BASE)
                .orShould()
                .resideInAnyPackage(Rooms.USE_CASES)
                .orShould()
                .resideInAnyPackage(Rooms.RULES)
                .orShould()
                .resideInAnyPackage(Rooms.DATA)
                .orShould()
                .resideInAnyPackage(Rooms.ADAPTER)
                .check(Rooms.ALL);
    }

    @Test
    void theAdapterKnowsOnlyKeyModelAndPolicy() {
        noClasses()
                .that()
                .resideInAnyPackage(Rooms.ADAPTER)
                .should()
                .dependOnClassesThat(
                        JavaClass.Predicates.resideInAnyPackage(Rooms.all("limits", "credits", "usage", "events"))
                                .or(JavaClass.Predicates.resideInAPackage("io.latchkey.model.jpa..")))
                .allowEmptyShould(true)
                .check(Rooms.ALL);
    }

    @Test
    void onlyTheAdapterKnowsKeycloaksImplementation() {
        noClasses()
                .that()
                .resideOutsideOfPackages(Rooms.ADAPTER)
                .should()
                .dependOnClassesThat(Rooms.keycloakImplementation())
                .check(Rooms.ALL);
    }

    @Test
    void keyKnowsNothingButTheJdk() {
        classes()
                .that()
                .resideInAnyPackage(Rooms.all("key"))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "javax.crypto..", "io.latchkey.key..")
                .check(Rooms.ALL);
    }

    @Test
    void persistenceStaysBehindTheStore() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.latchkey.model.jpa..")
                .and()
                .resideOutsideOfPackage(Rooms.BASE)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.latchkey.model.jpa..")
                .check(Rooms.ALL);
    }

    /** The adapter asks Keycloak's own tables what Keycloak's interfaces do not tell. */
    @Test
    void queriesStayBehindTheStoreAndInTheAdapter() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.latchkey.model.jpa..")
                .and()
                .resideOutsideOfPackage(Rooms.BASE)
                .and()
                .resideOutsideOfPackages(Rooms.ADAPTER)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.persistence..", "org.hibernate..")
                .check(Rooms.ALL);
    }

    @Test
    void httpStaysAtTheDoors() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        Rooms.all("rest", "exchange", "introspection", "gateway", "authenticator", "adapter"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jakarta.ws.rs..")
                .check(Rooms.ALL);
    }

    /** Keycloak's own connection has the address that the caller wrote. */
    @Test
    void onlyCallerConnectionReadsKeycloaksConnection() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(CallerConnection.class)
                .should()
                .callMethodWhere(JavaCall.Predicates.target(HasName.Predicates.name("getConnection")
                        .and(HasReturnType.Predicates.rawReturnType(ClientConnection.class))))
                .check(Rooms.ALL);
    }

    @Test
    void packagesFormNoCycle() {
        slices().assignedFrom(new ByPackage()).should().beFreeOfCycles().check(Rooms.ALL);
    }

    private static final class ByPackage implements SliceAssignment {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
            return SliceIdentifier.of(javaClass.getPackageName());
        }

        @Override
        public String getDescription() {
            return "every package";
        }
    }

    /** Random numbers are made on the event loop, too, and a seed may have to wait for entropy. */
    @Test
    void nothingWaitsForEntropy() {
        noClasses()
                .should()
                .callMethod(SecureRandom.class, "generateSeed", int.class)
                .orShould()
                .callMethod(SecureRandom.class, "getSeed", int.class)
                .orShould()
                .callMethod(SecureRandom.class, "getInstanceStrong")
                .check(Rooms.ALL);
    }
}
