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
        assertTrue(ProviderPackages.ALL.size() > 50, "so many classes were found: " + ProviderPackages.ALL.size());
    }

    @Test
    void dependenciesPointFromTheDoorsToTheData() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .layer("doors")
                .definedBy(ProviderPackages.DOORS)
                .layer("composition root")
                .definedBy(ProviderPackages.BASE)
                .layer("use cases")
                .definedBy(ProviderPackages.USE_CASES)
                .layer("rules")
                .definedBy(ProviderPackages.RULES)
                .layer("data")
                .definedBy(ProviderPackages.DATA)
                .layer("adapter")
                .definedBy(ProviderPackages.ADAPTER)
                .whereLayer("doors")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("composition root")
                .mayOnlyBeAccessedByLayers("doors")
                .whereLayer("use cases")
                .mayOnlyBeAccessedByLayers("doors", "composition root")
                .whereLayer("rules")
                .mayOnlyBeAccessedByLayers("doors", "composition root", "use cases", "adapter")
                .check(ProviderPackages.ALL);
    }

    @Test
    void everyClassIsInARoom() {
        classes()
                .should()
                .resideInAnyPackage(ProviderPackages.DOORS)
                .orShould()
                .resideInAPackage(ProviderPackages.BASE)
                .orShould()
                .resideInAnyPackage(ProviderPackages.USE_CASES)
                .orShould()
                .resideInAnyPackage(ProviderPackages.RULES)
                .orShould()
                .resideInAnyPackage(ProviderPackages.DATA)
                .orShould()
                .resideInAnyPackage(ProviderPackages.ADAPTER)
                .check(ProviderPackages.ALL);
    }

    @Test
    void theAdapterKnowsOnlyKeyModelAndPolicy() {
        noClasses()
                .that()
                .resideInAnyPackage(ProviderPackages.ADAPTER)
                .should()
                .dependOnClassesThat(
                        JavaClass.Predicates.resideInAnyPackage(ProviderPackages.all("limits", "credits", "usage", "events"))
                                .or(JavaClass.Predicates.resideInAPackage("io.latchkey.model.jpa..")))
                .allowEmptyShould(true)
                .check(ProviderPackages.ALL);
    }

    @Test
    void onlyTheAdapterKnowsKeycloaksImplementation() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ProviderPackages.ADAPTER)
                .should()
                .dependOnClassesThat(ProviderPackages.keycloakImplementation())
                .check(ProviderPackages.ALL);
    }

    @Test
    void keyKnowsNothingButTheJdk() {
        classes()
                .that()
                .resideInAnyPackage(ProviderPackages.all("key"))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "javax.crypto..", "io.latchkey.key..")
                .check(ProviderPackages.ALL);
    }

    @Test
    void persistenceStaysBehindTheStore() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.latchkey.model.jpa..")
                .and()
                .resideOutsideOfPackage(ProviderPackages.BASE)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.latchkey.model.jpa..")
                .check(ProviderPackages.ALL);
    }

    /** The adapter asks Keycloak's own tables what Keycloak's interfaces do not tell. */
    @Test
    void queriesStayBehindTheStoreAndInTheAdapter() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.latchkey.model.jpa..")
                .and()
                .resideOutsideOfPackage(ProviderPackages.BASE)
                .and()
                .resideOutsideOfPackages(ProviderPackages.ADAPTER)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.persistence..", "org.hibernate..")
                .check(ProviderPackages.ALL);
    }

    @Test
    void httpStaysAtTheDoors() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        ProviderPackages.all("rest", "exchange", "introspection", "gateway", "authenticator", "adapter"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jakarta.ws.rs..")
                .check(ProviderPackages.ALL);
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
                .check(ProviderPackages.ALL);
    }

    @Test
    void packagesFormNoCycle() {
        slices().assignedFrom(new ByPackage()).should().beFreeOfCycles().check(ProviderPackages.ALL);
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
                .check(ProviderPackages.ALL);
    }
}
