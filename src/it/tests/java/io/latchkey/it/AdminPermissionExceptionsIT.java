package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latchkey.it.ApiClient.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Checks that a fine-grained permission for all owners does not reach an owner that another one excludes. */
class AdminPermissionExceptionsIT {

    private static final String MISSING = "00000000-0000-0000-0000-000000000000";

    @Test
    void permissionForAllUsersDoesNotRevokeOrListKeysOfAnExcludedUser() {
        try (RealmFixture fine = RealmFixture.create(Map.of())) {
            fine.user("mine");
            String excluded = fine.user("excluded");
            String client = new RealmSetup(fine).idOf("service");
            ApiClient delegate = Delegate.ofAllBut(fine, excluded, client);
            String far = fine.adminKeys() + "/"
                    + fine.createKey("excluded", "out of reach").text("id");
            String near = fine.adminKeys() + "/"
                    + fine.createKey("mine", "within reach").text("id");

            delegate.get(near).expect(200);
            delegate.get(far).expect(404);
            for (String path : List.of("", "/count", "/usage", "/export")) {
                delegate.get(fine.adminKeys() + path).expect(403);
            }
            delegate.get(fine.adminKeys() + "/allowances").expect(ProviderJars.hasCredits() ? 403 : 404);
            delegate.post(fine.adminKeys() + "/revoke", Map.of("q", "out of reach"))
                    .expect(403);
            assertEquals("active", fine.master().get(far).expect(200).text("status"));
            for (String path : List.of("", "/count", "/usage", "/access", "/allowances", "/allowances/current")) {
                String query = fine.adminKeys() + path + "?owner=";
                String missing = said(delegate.get(query + MISSING));
                assertEquals(missing, said(delegate.get(query + excluded)), path);
                assertEquals(missing, said(delegate.get(query + client)), path);
            }
        }
    }

    @Test
    void rolesReachAllOwnersOfARealmWithFineGrainedPermissions() {
        try (RealmFixture fine = RealmFixture.create(Map.of())) {
            String excluded = fine.user("excluded");
            RealmSetup roles = new RealmSetup(fine);
            Delegate.ofAllBut(fine, excluded, roles.idOf("service"));
            roles.give(fine.user("viewer"), "realm-management", "view-users", "view-clients");
            fine.createKey("excluded", "within reach");

            assertEquals(
                    1,
                    fine.signedIn("viewer")
                            .get(fine.adminKeys())
                            .expect(200)
                            .json()
                            .size());
        }
    }

    private static String said(Answer answer) {
        return answer.status() + " " + answer.text();
    }
}
