package io.latchkey.verify;

import io.latchkey.charging.PendingCharge;
import io.latchkey.model.CallerAndLastHop;
import io.latchkey.model.UsageCounterId;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;

/**
 * Describes one use of a key that {@link KeyVerifier} decides about.
 *
 * @param presented text that the caller sent as a key
 * @param caller address of the caller, as {@code CallerConnection} determines it
 * @param origin of the web page that uses the key, from the Origin header
 * @param accepts which keys the endpoint accepts
 * @param audiences client ids of the APIs at which the key is used
 * @param scopes names of the client scopes that the use requires
 * @param purpose of the use, which decides what is recorded, limited and counted
 * @param pendingCharge price of the use, charged after all other checks
 */
public record KeyUseRequest(
        String presented,
        CallerAndLastHop caller,
        Optional<String> origin,
        Accepts accepts,
        List<String> audiences,
        List<String> scopes,
        Purpose purpose,
        Optional<PendingCharge> pendingCharge) {

    /** Lists which keys an endpoint accepts. */
    public enum Accepts {
        /** Secret keys of every owner. */
        SECRET,
        /** Publishable keys too, because the endpoint reveals none of the owner's rights. */
        PUBLISHABLE,
        /** Secret keys without scopes and audiences of people, because the endpoint signs them in with all their rights. */
        LOGIN
    }

    /** Any use of a secret key by a caller whose address may be known. */
    public static KeyUseRequest of(String presented, Optional<String> address, Optional<String> origin) {
        return of(presented, CallerAndLastHop.of(address), origin);
    }

    /** Any use of a secret key. */
    public static KeyUseRequest of(String presented, CallerAndLastHop caller, Optional<String> origin) {
        return new KeyUseRequest(
                presented, caller, origin, Accepts.SECRET, List.of(), List.of(), Purpose.USE, Optional.empty());
    }

    /** Literal address that restrictions are compared with, if known. */
    public Optional<String> address() {
        return caller.literal();
    }

    /** Id of the API that the use is counted for, which renaming does not change; {@link UsageCounterId#NO_API} if unnamed. */
    public String api(RealmModel realm) {
        ClientModel api = audiences.size() == 1 ? realm.getClientByClientId(audiences.get(0)) : null;
        return api == null ? UsageCounterId.NO_API : api.getId();
    }

    public KeyUseRequest orPublishable() {
        return new KeyUseRequest(
                presented, caller, origin, Accepts.PUBLISHABLE, audiences, scopes, purpose, pendingCharge);
    }

    public KeyUseRequest asLogin() {
        return new KeyUseRequest(presented, caller, origin, Accepts.LOGIN, audiences, scopes, purpose, pendingCharge);
    }

    public KeyUseRequest at(List<String> clientIds) {
        return new KeyUseRequest(presented, caller, origin, accepts, clientIds, scopes, purpose, pendingCharge);
    }

    public KeyUseRequest needing(List<String> scopeNames) {
        return new KeyUseRequest(presented, caller, origin, accepts, audiences, scopeNames, purpose, pendingCharge);
    }

    /** The key does not count as used. */
    public KeyUseRequest unrecorded() {
        return as(Purpose.IDENTIFY);
    }

    public KeyUseRequest as(Purpose other) {
        return new KeyUseRequest(presented, caller, origin, accepts, audiences, scopes, other, pendingCharge);
    }

    public KeyUseRequest paying(Optional<PendingCharge> price) {
        return new KeyUseRequest(presented, caller, origin, accepts, audiences, scopes, purpose, price);
    }
}
