package io.latchkey.token;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;

/**
 * Finds the APIs that an audience claim names, by client id or by resource URL where the feature {@code
 * resource-indicators} is on (26.7: {@code ResourceIndicatorsPostProcessor}).
 */
final class AudienceNames {

    private static final String RESOURCE_URL = "resource_url";

    private AudienceNames() {}

    static Set<String> of(Stream<ClientModel> apis) {
        Set<String> names = new HashSet<>();
        apis.forEach(api -> {
            names.add(api.getClientId());
            String url = api.getAttribute(RESOURCE_URL);
            if (url != null) {
                names.add(url);
            }
        });
        return names;
    }

    /** @param audience the claim {@code aud}, as a text or a list of texts */
    static Set<String> of(RealmModel realm, JsonNode audience) {
        Stream<JsonNode> ids =
                audience.isTextual() ? Stream.of(audience) : StreamSupport.stream(audience.spliterator(), false);
        return of(ids.map(id -> realm.getClientByClientId(id.asText())).filter(Objects::nonNull));
    }
}
