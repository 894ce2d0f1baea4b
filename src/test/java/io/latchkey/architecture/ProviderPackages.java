package io.latchkey.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** Groups the packages of the provider for the architecture tests. */
final class ProviderPackages {

    /** Every class of the shipped jar. */
    static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.latchkey");

    static final String ROOT = "io.latchkey";
    static final String[] ENDPOINTS = all(
            "rest",
            "http",
            "token",
            "introspection",
            "forwardauth",
            "keycloakrest",
            "authenticator",
            "credential",
            "credits");
    static final String[] USE_CASES = all("keys", "verify", "enforcement");
    static final String[] RULES = all("policy", "ratelimit", "charging", "usage", "events");
    static final String[] DATA = all("model", "key");
    static final String[] KEYCLOAK = all("keycloak");

    private ProviderPackages() {}

    /** Patterns of packages and the packages below them. */
    static String[] all(String... packages) {
        String[] patterns = new String[packages.length];
        for (int i = 0; i < packages.length; i++) {
            patterns[i] = ROOT + "." + packages[i] + "..";
        }
        return patterns;
    }

    /** Keycloak classes that change without notice from one release to the next. */
    static DescribedPredicate<JavaClass> keycloakImplementation() {
        return JavaClass.Predicates.resideInAnyPackage(
                        "org.keycloak.services.managers..",
                        "org.keycloak.services.util..",
                        "org.keycloak.services.scheduled..",
                        "org.keycloak.protocol.oidc.utils..",
                        "org.keycloak.protocol.oidc.tokenexchange..",
                        "org.keycloak.models.cache.infinispan..",
                        "org.keycloak.connections.infinispan..",
                        "org.keycloak.models.jpa..",
                        "org.keycloak.quarkus..")
                .or(JavaClass.Predicates.type(org.keycloak.protocol.oidc.TokenManager.class))
                .or(JavaClass.Predicates.type(org.keycloak.protocol.oidc.grants.OAuth2GrantTypeBase.class))
                .or(JavaClass.Predicates.type(org.keycloak.protocol.oidc.AccessTokenIntrospectionProvider.class))
                .or(JavaClass.Predicates.type(org.keycloak.storage.UserStoragePrivateUtil.class))
                .or(JavaClass.Predicates.type(org.keycloak.services.CorsErrorResponseException.class))
                .or(JavaClass.Predicates.type(org.keycloak.services.resources.KeycloakApplication.class))
                .as("Keycloak's implementation classes");
    }
}
