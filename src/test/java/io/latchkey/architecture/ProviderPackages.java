package io.latchkey.architecture;

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
    static final String[] ROUTES = all("routes");
    static final String[] ENDPOINTS =
            all("rest", "token", "introspection", "forwardauth", "keycloakrest", "authenticator", "credential");
    static final String[] USE_CASES = all("keys", "verify", "cache");
    static final String[] RULES = all("policy", "ratelimit", "charging", "usage", "events");
    static final String[] DATA = all("model", "key");
    static final String[] HTTP = all("http");
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
}
