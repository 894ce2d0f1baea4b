package io.latchkey.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.domain.properties.HasReturnType;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.latchkey.keycloak.CallerConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.common.ClientConnection;

/** Checks which package may use which. */
class DependencyTest {

    @Test
    void theProviderIsThere() {
        assertTrue(ProviderPackages.ALL.size() > 50, "so many classes were found: " + ProviderPackages.ALL.size());
    }

    @Test
    void dependenciesPointFromTheEndpointsToTheData() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .layer("URL trees")
                .definedBy(ProviderPackages.ROUTES)
                .layer("endpoints")
                .definedBy(ProviderPackages.ENDPOINTS)
                .layer("composition root")
                .definedBy(ProviderPackages.ROOT)
                .layer("use cases")
                .definedBy(ProviderPackages.USE_CASES)
                .layer("rules")
                .definedBy(ProviderPackages.RULES)
                .layer("data")
                .definedBy(ProviderPackages.DATA)
                .layer("http")
                .definedBy(ProviderPackages.HTTP)
                .layer("keycloak")
                .definedBy(ProviderPackages.KEYCLOAK)
                .whereLayer("URL trees")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("endpoints")
                .mayOnlyBeAccessedByLayers("URL trees")
                .whereLayer("composition root")
                .mayOnlyBeAccessedByLayers("URL trees", "endpoints")
                .whereLayer("http")
                .mayOnlyBeAccessedByLayers("URL trees", "endpoints", "composition root")
                .whereLayer("use cases")
                .mayOnlyBeAccessedByLayers("URL trees", "endpoints", "composition root")
                .whereLayer("rules")
                .mayOnlyBeAccessedByLayers(
                        "URL trees", "endpoints", "composition root", "use cases", "http", "keycloak")
                .check(ProviderPackages.ALL);
    }

    @Test
    void everyClassIsInAKnownPackage() {
        classes()
                .should()
                .resideInAnyPackage(ProviderPackages.ROUTES)
                .orShould()
                .resideInAnyPackage(ProviderPackages.ENDPOINTS)
                .orShould()
                .resideInAnyPackage(ProviderPackages.HTTP)
                .orShould()
                .resideInAPackage(ProviderPackages.ROOT)
                .orShould()
                .resideInAnyPackage(ProviderPackages.USE_CASES)
                .orShould()
                .resideInAnyPackage(ProviderPackages.RULES)
                .orShould()
                .resideInAnyPackage(ProviderPackages.DATA)
                .orShould()
                .resideInAnyPackage(ProviderPackages.KEYCLOAK)
                .check(ProviderPackages.ALL);
    }

    /** The package token is missing here: the endpoints have it issue their tokens. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "rest.account",
                "rest.admin",
                "rest.self",
                "rest.ui",
                "introspection",
                "forwardauth",
                "keycloakrest",
                "authenticator",
                "credential"
            })
    void endpointsDoNotKnowEachOther(String endpoint) {
        noClasses()
                .that()
                .resideOutsideOfPackages(ProviderPackages.all(endpoint))
                .and()
                .resideOutsideOfPackages(ProviderPackages.ROUTES)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ProviderPackages.all(endpoint))
                .check(ProviderPackages.ALL);
    }

    @Test
    void theHeaderOfKeysIsDefinedOnce() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            List<Path> naming = sources.filter(source -> source.toString().endsWith(".java"))
                    .filter(source -> read(source).contains("\"X-API-Key"))
                    .toList();

            assertEquals(List.of(Path.of("src/main/java/io/latchkey/key/PresentedKey.java")), naming);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void keycloakPackageKnowsOnlyKeyModelAndPolicy() {
        noClasses()
                .that()
                .resideInAnyPackage(ProviderPackages.KEYCLOAK)
                .should()
                .dependOnClassesThat(JavaClass.Predicates.resideInAnyPackage(
                                ProviderPackages.all("ratelimit", "charging", "usage", "events"))
                        .or(JavaClass.Predicates.resideInAPackage("io.latchkey.model.jpa..")))
                .allowEmptyShould(true)
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
                .resideOutsideOfPackage(ProviderPackages.ROOT)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.latchkey.model.jpa..")
                .check(ProviderPackages.ALL);
    }

    /** The keycloak package queries Keycloak's own tables where Keycloak's interfaces do not suffice. */
    @Test
    void queriesStayInTheStoresAndTheKeycloakPackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.latchkey.model.jpa..")
                .and()
                .resideOutsideOfPackage(ProviderPackages.ROOT)
                .and()
                .resideOutsideOfPackages(ProviderPackages.KEYCLOAK)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.persistence..", "org.hibernate..")
                .check(ProviderPackages.ALL);
    }

    @Test
    void onlyEndpointsUseJaxRs() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ProviderPackages.all(
                        "routes",
                        "rest",
                        "cache",
                        "charging",
                        "http",
                        "token",
                        "introspection",
                        "forwardauth",
                        "keycloakrest",
                        "authenticator",
                        "keycloak"))
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

    /** Credits are a jar of their own, which may be missing. */
    @Test
    void noClassUsesCredits() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ProviderPackages.all("credits"))
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
    void noRandomNumberWaitsForEntropy() {
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
