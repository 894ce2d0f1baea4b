package io.latchkey.events;

import io.latchkey.model.WriteOff;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Writes written-off credits, and their return, as Keycloak events of the owner. */
public final class CreditEvents {

    /** Error of the event, as it is of no type of its own. */
    public static final String WRITTEN_OFF = "credits_written_off";

    public static final String WRITE_OFF_UNDONE = "credits_write_off_undone";

    private CreditEvents() {}

    /** A node took what it had borrowed for that owner. */
    public static void writtenOff(KeycloakSession session, RealmModel realm, WriteOff lost) {
        event(session, realm, lost)
                .detail(Details.REASON, "a node was not heard of any more")
                .error(WRITTEN_OFF);
    }

    /** A node is back with what was taken for lost. */
    public static void undone(KeycloakSession session, RealmModel realm, WriteOff back) {
        event(session, realm, back)
                .detail(Details.REASON, "the node was heard of again")
                .error(WRITE_OFF_UNDONE);
    }

    private static EventBuilder event(KeycloakSession session, RealmModel realm, WriteOff what) {
        session.getContext().setRealm(realm);
        ClientModel api = realm.getClientById(what.account().apiId());
        return new EventBuilder(realm, session)
                .event(EventType.OAUTH2_EXTENSION_GRANT)
                .client(api == null ? null : api.getClientId())
                .user(what.account().ownerId())
                .detail(EndpointEvents.ENDPOINT, "credits")
                .detail("credits", what.credits().toString())
                .detail("period", what.period());
    }
}
