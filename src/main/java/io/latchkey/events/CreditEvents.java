package io.latchkey.events;

import io.latchkey.model.WriteOff;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Writes a Keycloak event of the owner when leased credits are written off or a write-off is undone. */
public final class CreditEvents {

    /** Error of the event, which has no type of its own. */
    public static final String WRITTEN_OFF = "credits_written_off";

    public static final String WRITE_OFF_UNDONE = "credits_write_off_undone";

    private CreditEvents() {}

    /** The node that had leased the credits has died. */
    public static void writtenOff(KeycloakSession session, RealmModel realm, WriteOff lost) {
        event(session, realm, lost)
                .detail(Details.REASON, "a node was not heard of any more")
                .error(WRITTEN_OFF);
    }

    /** The node whose credits were written off reports again. */
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
