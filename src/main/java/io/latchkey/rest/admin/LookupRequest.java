package io.latchkey.rest.admin;

import io.latchkey.ApiKeysProvider;
import io.latchkey.http.JsonFields;
import io.latchkey.model.ApiKey;
import io.latchkey.verify.KeyIdentification;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.keycloak.models.RealmModel;

/**
 * Reads the body of POST /lookup, a key or its stored hash, and finds that key in the realm. A body is used instead of a
 * query parameter because URLs end up in access logs.
 */
record LookupRequest(Optional<String> key, Optional<String> hash) {

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    /** Reads exactly one of the members {@code key} and {@code hash}; anything else becomes an error. */
    static LookupRequest read(JsonFields fields) {
        Optional<String> key = fields.raw("key").given().map(String::strip);
        Optional<String> hash =
                fields.raw("hash").given().map(text -> text.strip().toLowerCase(Locale.ROOT));
        if (hash.isPresent() && !HASH.matcher(hash.get()).matches()) {
            fields.reject("hash", "must have 64 hexadecimal digits");
        }
        if (fields.errors().isEmpty() && key.isPresent() == hash.isPresent()) {
            fields.reject("key", "give either key or hash");
        }
        return new LookupRequest(key, hash);
    }

    /** The key of that realm. A text that only shares its id with a key finds nothing, because ids are public. */
    Optional<ApiKey> find(ApiKeysProvider apiKeysProvider, RealmModel realm) {
        if (hash.isPresent()) {
            return apiKeysProvider.keyStore().findByHash(realm.getId(), hash.get());
        }
        return key.map(text -> apiKeysProvider.verifier().identify(realm, text))
                .filter(KeyIdentification.Key.class::isInstance)
                // Read again, because the verifier may have it from a cache.
                .flatMap(held -> apiKeysProvider
                        .keyStore()
                        .find(
                                realm.getId(),
                                ((KeyIdentification.Key) held).key().id()));
    }
}
