package io.latchkey.token;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.token.KeyTokenComparison.Permissions;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.AccessToken;

class KeyTokenComparisonTest {

    private final Permissions now = Permissions.of(token(token -> {}));

    @Test
    void sameOrLessIsWithin() {
        assertTrue(now.isWithin(now));
        assertTrue(Permissions.of(new AccessToken()).isWithin(now));
        assertTrue(Permissions.of(token(token -> token.audience("api"))).isWithin(now));
        assertTrue(Permissions.of(token(token -> token.setScope("reports"))).isWithin(now));
        assertTrue(Permissions.of(token(token -> token.getResourceAccess().clear()))
                .isWithin(now));
        assertTrue(Permissions.of(token(token -> token.setRealmAccess(null))).isWithin(now));
    }

    @Test
    void moreOfAnyOfTheFourClaimsIsNotWithin() {
        assertWider(token -> token.addAudience("vault"));
        assertWider(token -> token.setScope("reports invoices salaries"));
        assertWider(token -> token.getRealmAccess().addRole("payroll"));
        assertWider(token -> token.getResourceAccess("api").addRole("write"));
        assertWider(token -> token.addAccess("vault").addRole("open"));
    }

    @Test
    void otherClaimsAreNotCompared() {
        assertTrue(Permissions.of(token(token -> token.setOtherClaims("groups", Set.of("staff"))))
                .isWithin(now));
    }

    @Test
    void otherNamesOfItsAudiencesAreWithin() {
        Permissions named = now.alsoFor(Set.of("api", "stock", "https://api.example.org"));

        assertTrue(Permissions.of(token(token -> token.audience("https://api.example.org")))
                .isWithin(named));
        assertFalse(Permissions.of(token(token -> token.audience("https://other.example.org")))
                .isWithin(named));
    }

    private void assertWider(Consumer<AccessToken> change) {
        assertFalse(Permissions.of(token(change)).isWithin(now));
        assertTrue(now.isWithin(Permissions.of(token(change))));
    }

    private static AccessToken token(Consumer<AccessToken> change) {
        AccessToken token = new AccessToken();
        token.audience("api", "stock");
        token.setScope("reports invoices");
        token.setRealmAccess(new AccessToken.Access());
        token.getRealmAccess().addRole("reader");
        token.addAccess("api").addRole("read");
        change.accept(token);
        return token;
    }
}
