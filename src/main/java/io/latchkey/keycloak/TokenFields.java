package io.latchkey.keycloak;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.IDToken;
import org.keycloak.util.JsonSerialization;

/** Decides which claims of an access token have to be in the fields that Keycloak has for them (26.7: {@link AccessToken}). */
final class TokenFields {

    /**
     * Claims that describe the owner and permit nothing (OpenID Connect Core 1.0, section 5.1). Keycloak's mappers write them beside
     * their fields and leave the fields empty, in nearly every token (26.7: {@code OIDCAttributeMapperHelper}).
     */
    private static final Set<String> DESCRIPTIVE = Set.of(
            IDToken.NAME,
            IDToken.GIVEN_NAME,
            IDToken.FAMILY_NAME,
            IDToken.MIDDLE_NAME,
            IDToken.NICKNAME,
            IDToken.PREFERRED_USERNAME,
            IDToken.PROFILE,
            IDToken.PICTURE,
            IDToken.WEBSITE,
            IDToken.EMAIL,
            IDToken.EMAIL_VERIFIED,
            IDToken.GENDER,
            IDToken.BIRTHDATE,
            IDToken.ZONEINFO,
            IDToken.LOCALE,
            IDToken.PHONE_NUMBER,
            IDToken.PHONE_NUMBER_VERIFIED,
            IDToken.UPDATED_AT);

    private static final Map<String, AnnotatedMember> FIELDS = fields();

    private TokenFields() {}

    private static Map<String, AnnotatedMember> fields() {
        ObjectMapper json = JsonSerialization.mapper;
        Map<String, AnnotatedMember> fields = new HashMap<>();
        for (BeanPropertyDefinition property : json.getSerializationConfig()
                .introspect(json.constructType(AccessToken.class))
                .findProperties()) {
            AnnotatedMember reader = property.getAccessor();
            reader.fixAccess(true);
            fields.put(property.getName(), reader);
        }
        return Map.copyOf(fields);
    }

    /** Whether Keycloak has a field for the claim. */
    static boolean contains(String claim) {
        return FIELDS.containsKey(claim);
    }

    /** Whether a claim beside the fields belongs into its field, because it permits something or the field has a value as well. */
    static boolean isMisplaced(AccessToken token, String claim) {
        AnnotatedMember field = FIELDS.get(claim);
        return field != null && !(DESCRIPTIVE.contains(claim) && field.getValue(token) == null);
    }
}
