package io.latchkey.rest.admin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.ApiKeysProvider;
import io.latchkey.model.ApiKey;
import io.latchkey.model.KeyQuery;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Streams all keys that a query matches as one JSON document, with hashes instead of secrets, 500 keys per transaction.
 * The count at the end shows that the document is complete. A key that is created meanwhile may be missing.
 */
final class KeyExport implements StreamingOutput {

    /** Of the format. */
    static final int VERSION = 1;

    private static final int STEP = 500;
    private static final JsonFactory JSON = new JsonFactory();

    private final KeycloakSessionFactory sessions;
    private final KeyQuery query;

    KeyExport(KeycloakSessionFactory sessions, KeyQuery query) {
        this.sessions = sessions;
        this.query = query;
    }

    @Override
    public void write(OutputStream stream) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(stream)) {
            json.writeStartObject();
            json.writeNumberField("version", VERSION);
            json.writeArrayFieldStart("keys");
            long count = 0;
            Step step = step(Optional.empty());
            while (true) {
                for (ObjectNode key : step.keys()) {
                    json.writeRawValue(key.toString());
                }
                count += step.keys().size();
                if (step.keys().size() < STEP) {
                    break;
                }
                step = step(step.last());
            }
            json.writeEndArray();
            json.writeNumberField("count", count);
            json.writeEndObject();
        }
    }

    private Step step(Optional<ApiKey> last) throws IOException {
        Step step = KeycloakModelUtils.runJobInTransactionWithResult(sessions, session -> step(session, last));
        if (step == null) {
            throw new IOException("The realm was removed while its keys were exported");
        }
        return step;
    }

    private Step step(KeycloakSession session, Optional<ApiKey> last) {
        RealmModel realm = session.realms().getRealm(query.realmId());
        if (realm == null) {
            return null;
        }
        session.getContext().setRealm(realm);
        List<ApiKey> keys = ApiKeysProvider.of(session).keyStore().findAfter(query, last, STEP);
        return new Step(
                new ExportedKeyJson(session).write(keys),
                keys.isEmpty() ? Optional.empty() : Optional.of(keys.get(keys.size() - 1)));
    }

    private record Step(List<ObjectNode> keys, Optional<ApiKey> last) {}
}
