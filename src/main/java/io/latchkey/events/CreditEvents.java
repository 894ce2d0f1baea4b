package io.latchkey.events;

import io.latchkey.model.WriteOff;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Writes what becomes of credits without anybody's doing, as Keycloak events of their owner. */
public final class CreditEvents {

    /** Error of the event, as it is of no type of its own. */
    public static final String WRITTEN_OFF = "credits_written_off";

    private CreditEvents() {}

    /** A node took what it had borrowed for that owner. */
    public static void writtenOff(KeycloakSession session, RealmModel realm, WriteOff lost) {
        session.getContext().setRealm(realm);
        ClientModel api = realm.getClientById(lost.account().apiId());
        new EventBuilder(realm, session)
                .event(EventType.OAUTH2_EXTENSION_GRANT)
                .client(api == null ? null : api.getClientId())
                .user(lost.account().ownerId())
                .detail(DoorEvents.DOOR, "credits")
                .detail(Details.REASON, "a node was not heard of any more")
                .detail("credits", lost.credits().toString())
                .detail("period", lost.period())
                .error(WRITTEN_OFF);
    }
}
