package io.latchkey.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** Keeps Keycloak's implementation inside of the package {@code keycloak}, and the page that lists what is used of it true. */
class KeycloakInternalsTest {

    private static final Path PAGE = Path.of("src/docs/keycloak-internals.md");

    /** Beginnings of packages of the server that are denied unless they are permitted below. */
    private static final List<String> DENIED = List.of(
            "org.keycloak.",
            "org.infinispan.",
            "org.jboss.resteasy.",
            "org.eclipse.microprofile.",
            "io.vertx.",
            "io.quarkus.",
            "io.smallrye.",
            "io.netty.");

    /** SPI and model packages of Keycloak, each without the packages below it. */
    private static final Set<String> SPI = Set.of(
            "org.keycloak",
            "org.keycloak.common",
            "org.keycloak.connections.jpa",
            "org.keycloak.connections.jpa.entityprovider",
            "org.keycloak.credential",
            "org.keycloak.events",
            "org.keycloak.events.admin",
            "org.keycloak.forms.login",
            "org.keycloak.headers",
            "org.keycloak.http",
            "org.keycloak.jose.jws",
            "org.keycloak.models",
            "org.keycloak.models.cache",
            "org.keycloak.models.utils",
            "org.keycloak.protocol.oidc.encode",
            "org.keycloak.protocol.oidc.token",
            "org.keycloak.provider",
            "org.keycloak.representations",
            "org.keycloak.representations.idm",
            "org.keycloak.services.cors",
            "org.keycloak.services.resource",
            "org.keycloak.services.resources.admin.ext",
            "org.keycloak.sessions",
            "org.keycloak.storage",
            "org.keycloak.timer",
            "org.keycloak.vault");

    /** Interfaces of SPIs in packages that also have implementation. */
    private static final Set<String> SPI_TYPES = Set.of(
            "org.keycloak.authentication.AuthenticationFlowContext",
            "org.keycloak.authentication.AuthenticationFlowError",
            "org.keycloak.authentication.Authenticator",
            "org.keycloak.authentication.AuthenticatorFactory",
            "org.keycloak.authentication.ConfigurableAuthenticatorFactory",
            "org.keycloak.protocol.oidc.TokenExchangeContext",
            "org.keycloak.protocol.oidc.TokenExchangeContext$Params",
            "org.keycloak.protocol.oidc.TokenExchangeProvider",
            "org.keycloak.protocol.oidc.TokenExchangeProviderFactory",
            "org.keycloak.protocol.oidc.TokenIntrospectionProvider",
            "org.keycloak.protocol.oidc.TokenIntrospectionProviderFactory",
            "org.keycloak.protocol.oidc.grants.OAuth2GrantType",
            "org.keycloak.protocol.oidc.grants.OAuth2GrantType$Context",
            "org.keycloak.protocol.oidc.grants.OAuth2GrantTypeFactory");

    /** What {@code AdminRealmResourceProvider} hands over; created by Keycloak only. */
    private static final Set<String> HANDED_OVER = Set.of(
            "org.keycloak.services.resources.admin.AdminAuth",
            "org.keycloak.services.resources.admin.AdminEventBuilder",
            "org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator",
            "org.keycloak.services.resources.admin.fgap.ClientPermissionEvaluator",
            "org.keycloak.services.resources.admin.fgap.RealmPermissionEvaluator",
            "org.keycloak.services.resources.admin.fgap.RolePermissionEvaluator",
            "org.keycloak.services.resources.admin.fgap.UserPermissionEvaluator");

    /** Reads addresses without a look-up of names; it has nothing to do with HTTP. */
    private static final String ADDRESS_PARSER = "io.netty.util.NetUtil";

    private static final Pattern ROW = Pattern.compile("^\\| `(\\w+)` \\| (.*?) \\| (.*?) \\| (.*?) \\|$");
    private static final Pattern NAME = Pattern.compile("`(\\w+)(?:[.#]\\w+)?`");

    @Test
    void onlyTheKeycloakPackageUsesKeycloaksImplementation() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ProviderPackages.KEYCLOAK)
                .should()
                .dependOnClassesThat(IMPLEMENTATION)
                .check(ProviderPackages.ALL);
    }

    @Test
    void onlyTheKeycloakPackageCreatesWhatKeycloakHandsOver() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ProviderPackages.KEYCLOAK)
                .should()
                .callConstructorWhere(DescribedPredicate.describe(
                        "creates what Keycloak hands over",
                        (JavaConstructorCall call) ->
                                HANDED_OVER.contains(call.getTargetOwner().getName())))
                .check(ProviderPackages.ALL);
    }

    /** The second column is what the compiled class uses; the third is written by hand. */
    @Test
    void thePageListsWhatEachClassUses() throws IOException {
        Map<String, String[]> rows = rows();
        List<String> expected = new ArrayList<>();
        used().forEach((name, used) -> {
            String[] row = rows.getOrDefault(name, new String[] {"", "-", "26.7"});
            if (!used.isEmpty() || rows.containsKey(name)) {
                expected.add("| `" + name + "` | " + code(used) + " | " + row[1] + " | " + row[2] + " |");
            }
        });

        assertEquals(String.join("\n", expected), String.join("\n", rowLines()), () -> PAGE + " needs these rows");
    }

    @Test
    void everyClassThatThePageNamesExists() throws IOException {
        Set<String> named = rows().values().stream()
                .flatMap(row -> NAME.matcher(row[0] + row[1]).results())
                .map(name -> name.group(1))
                .filter(name -> Character.isUpperCase(name.charAt(0)))
                .collect(Collectors.toCollection(TreeSet::new));
        named.removeAll(classesOfTheServer());

        assertEquals(Set.of(), named);
    }

    static final DescribedPredicate<JavaClass> IMPLEMENTATION =
            DescribedPredicate.describe("are Keycloak's implementation", KeycloakInternalsTest::isImplementation);

    private static boolean isImplementation(JavaClass type) {
        String name = type.getBaseComponentType().getName();
        return DENIED.stream().anyMatch(name::startsWith)
                && !SPI.contains(type.getBaseComponentType().getPackageName())
                && !SPI_TYPES.contains(name)
                && !HANDED_OVER.contains(name)
                && !name.equals(ADDRESS_PARSER);
    }

    /** Simple names of implementation classes by the class of the package {@code keycloak} that uses them. */
    private static Map<String, Set<String>> used() {
        Map<String, Set<String>> used = new TreeMap<>();
        for (JavaClass type : ProviderPackages.ALL) {
            if (type.getPackageName().equals("io.latchkey.keycloak")) {
                Set<String> names = used.computeIfAbsent(outermost(type), none -> new TreeSet<>());
                type.getDirectDependenciesFromSelf().stream()
                        .map(Dependency::getTargetClass)
                        .filter(IMPLEMENTATION)
                        .map(KeycloakInternalsTest::outermost)
                        .forEach(names::add);
            }
        }
        return used;
    }

    private static String outermost(JavaClass type) {
        String name = type.getBaseComponentType().getName();
        return name.substring(name.lastIndexOf('.') + 1).replaceAll("\\$.*", "");
    }

    private static String code(Set<String> names) {
        return names.isEmpty()
                ? "none"
                : names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }

    private static List<String> rowLines() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .filter(line -> ROW.matcher(line).matches())
                .toList();
    }

    private static Map<String, String[]> rows() throws IOException {
        return rowLines().stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .collect(Collectors.toMap(
                        row -> row.group(1), row -> new String[] {row.group(2), row.group(3), row.group(4)}));
    }

    /** Simple names of the classes in all jars of Keycloak and Quarkus that the tests have. */
    private static Set<String> classesOfTheServer() throws IOException {
        Set<String> names = new TreeSet<>();
        for (String jar : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (jar.endsWith(".jar")) {
                try (ZipFile zip = new ZipFile(jar)) {
                    zip.stream()
                            .map(entry -> entry.getName())
                            .filter(name -> name.endsWith(".class"))
                            .forEach(name -> names.addAll(Arrays.asList(
                                    name.replaceAll(".*/|\\.class$", "").split("\\$"))));
                }
            }
        }
        return names;
    }
}
