package io.latchkey.model.jpa;

import io.latchkey.model.ApiKey;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Row of {@code LATCHKEY_KEY_TARGET}: a client scope or a client that a key is restricted to. It repeats the columns of
 * {@link KeyEntity}, so that the removal of a scope or client finds its keys by an index.
 *
 * @param realmId the realm of the key
 * @param kind {@link #SCOPE} or {@link #API}
 * @param targetId as the key has it: the id of the client scope or client
 */
@Embeddable
public record KeyTarget(
        @Column(name = "REALM_ID") String realmId,
        @Column(name = "KIND") String kind,
        @Column(name = "TARGET_ID") String targetId) {

    static final String SCOPE = "scope";
    static final String API = "api";

    static Set<KeyTarget> of(ApiKey key) {
        return Stream.concat(
                        key.restrictions().scopes().stream().map(id -> new KeyTarget(key.realmId(), SCOPE, id)),
                        key.restrictions().audiences().stream().map(id -> new KeyTarget(key.realmId(), API, id)))
                .collect(Collectors.toSet());
    }
}
