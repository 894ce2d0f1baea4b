package io.latchkey.keycloak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.representations.AccessToken;

class AccessTokenClaimsJsonTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                // Unchanged, taken away
                "{'a':1}                          | {'a':1}                    | {'a':1}",
                "{'a':1,'b':2}                    | {'a':1}                    | {'a':1}",
                // Added: claims, members, elements
                "{'a':1}                          | {'a':1,'b':2}              | {'a':1}",
                "{'m':{'x':1}}                    | {'m':{'x':1,'y':2}}        | {'m':{'x':1}}",
                "{'l':['x']}                      | {'l':['x','y']}            | {'l':['x']}",
                "{'resource_access':{'api':{'roles':['read']}}} "
                        + "| {'resource_access':{'api':{'roles':['read','write']},'vault':{'roles':['open']}}} "
                        + "| {'resource_access':{'api':{'roles':['read']}}}",
                "{'realm_access':{}}              | {'realm_access':{'roles':['r']}} | {'realm_access':{}}",
                // Changed
                "{'tenant':'a'}                   | {'tenant':'b'}             | {}",
                "{'sub':'a'}                      | {'sub':'b'}                | {'sub':'a'}",
                "{'sub':'a','jti':'1'}            | {}                         | {'sub':'a','jti':'1'}",
                "{'exp':100}                      | {'exp':200}                | {'exp':100}",
                "{'exp':100}                      | {'exp':50}                 | {'exp':50}",
                "{'l':['x']}                      | {'l':'y'}                  | {}",
                "{'scope':'a b'}                  | {'scope':'b c'}            | {'scope':'b'}",
                "{'scope':'a'}                    | {'scope':'ab'}             | {'scope':''}",
                "{'aud':'a'}                      | {'aud':['a','b']}          | {'aud':['a']}",
                "{'aud':['a','b']}                | {'aud':'b'}                | {'aud':'b'}",
                "{'aud':['a','b']}                | {'aud':'https://b'}        | {'aud':'https://b'}",
                "{'aud':['a','b']}                | {'aud':'https://c'}        | {'aud':[]}",
                // Only restricts
                "{}                               | {'cnf':{'jkt':'x'},'nbf':5} | {'cnf':{'jkt':'x'},'nbf':5}",
                "{'cnf':{'jkt':'x'}}              | {'cnf':{'jkt':'y'}}        | {'cnf':{}}"
            })
    void onlyWhatWasThereBeforeIsLeft(String before, String now, String left) {
        assertEquals(json(left), AccessTokenClaimsJson.within(json(now), json(before), Set.of("https://b")));
    }

    @Test
    void claimThatIsWrittenTwiceBecomesTheValueThatReadersTake() {
        AccessToken token = new AccessToken();
        token.addAccess("api").addRole("read");
        token.setOtherClaims("resource_access", Map.of("vault", Map.of("roles", List.of("open"))));
        token.setOtherClaims("tenant", "blue");

        AccessTokenClaimsJson.unite(token);

        assertEquals(Set.of("vault"), token.getResourceAccess().keySet());
        assertEquals(Set.of("open"), token.getResourceAccess("vault").getRoles());
        assertEquals(Map.of("tenant", "blue"), token.getOtherClaims());
    }

    @Test
    void descriptionBesideItsEmptyFieldStaysWhereTheMapperWroteIt() {
        AccessToken token = new AccessToken();
        token.setOtherClaims("email", "alice@example.org");
        token.setOtherClaims("email_verified", true);

        AccessTokenClaimsJson.unite(token);

        assertNull(token.getEmail());
        assertEquals(Map.of("email", "alice@example.org", "email_verified", true), token.getOtherClaims());
    }

    @Test
    void descriptionThatIsWrittenTwiceBecomesTheValueThatReadersTake() {
        AccessToken token = new AccessToken();
        token.setEmail("mallory@example.org");
        token.setOtherClaims("email", "alice@example.org");

        AccessTokenClaimsJson.unite(token);

        assertEquals("alice@example.org", token.getEmail());
        assertTrue(token.getOtherClaims().isEmpty());
    }

    @Test
    void permissionBesideItsEmptyFieldMovesIntoTheField() {
        AccessToken token = new AccessToken();
        token.setOtherClaims("scope", "orders:read");

        AccessTokenClaimsJson.unite(token);

        assertEquals("orders:read", token.getScope());
        assertTrue(token.getOtherClaims().isEmpty());
    }

    @Test
    void claimThatIsWrittenTwiceWithoutItsShapeIsDropped() {
        AccessToken token = new AccessToken();
        token.addAccess("api").addRole("read");
        token.setOtherClaims("resource_access", "everything");
        token.setOtherClaims("realm_access", List.of("chief"));

        AccessTokenClaimsJson.unite(token);

        assertTrue(token.getResourceAccess().isEmpty());
        assertNull(token.getRealmAccess());
        assertFalse(AccessTokenClaimsJson.of(token).toString().contains("everything"));
    }

    @Test
    void writtenClaimsReplaceAllOthers() {
        AccessToken token = new AccessToken();
        token.audience("a", "b");
        token.setScope("x y");
        token.setOtherClaims("tenant", "blue");
        token.exp(100L);
        ObjectNode claims = json("{'aud':'a','exp':50,'sub':'s','tenant':{'name':'red'}}");

        AccessTokenClaimsJson.write(token, claims);

        assertEquals(claims, AccessTokenClaimsJson.of(token).without("resource_access"));
        assertEquals("a", token.getAudience()[0]);
        assertNull(token.getScope());
        assertEquals(50L, token.getExp());
    }

    @Test
    void tokenWithNothingAddedIsWithin() {
        assertTrue(AccessTokenClaimsJson.isWithin(json("{'a':1,'iat':5}"), json("{'a':1,'iat':5,'b':2}"), Set.of()));
        assertFalse(AccessTokenClaimsJson.isWithin(json("{'a':1,'b':2}"), json("{'a':1}"), Set.of()));
        assertFalse(AccessTokenClaimsJson.isWithin(json("{'sub':'b'}"), json("{'sub':'a'}"), Set.of()));
    }

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException unreadable) {
            throw new IllegalArgumentException(unreadable);
        }
    }
}
