package io.latchkey.verify;

import io.latchkey.charging.PendingCharge;
import io.latchkey.key.KeyKind;
import io.latchkey.model.CallerAddress;
import io.latchkey.model.OwnerType;
import io.latchkey.model.UsageCounterId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;

/**
 * Describes one use of a key that {@link KeyVerifier} decides about.
 *
 * @param presented text that the caller sent as a key
 * @param caller address of the caller, as {@code TrustedClientConnection} determines it
 * @param origin of the web page that uses the key, from the Origin header
 * @param owners types of owner that the endpoint accepts
 * @param kinds of key that the endpoint accepts
 * @param restricted whether the endpoint accepts keys that carry scopes or audiences
 * @param audiences client ids of the APIs at which the key is used
 * @param scopes names of the client scopes that the use requires
 * @param purpose of the use, which decides what is recorded, limited and counted
 * @param pendingCharge price of the use
 */
public record KeyUseRequest(
        String presented,
        CallerAddress caller,
        Optional<String> origin,
        Set<OwnerType> owners,
        Set<KeyKind> kinds,
        boolean restricted,
        List<String> audiences,
        List<String> scopes,
        Purpose purpose,
        Optional<PendingCharge> pendingCharge) {

    /** Any use of a secret key by a caller whose address may be known. */
    public static KeyUseRequest of(String presented, Optional<String> address, Optional<String> origin) {
        return of(presented, CallerAddress.of(address), origin);
    }

    /** Any use of a secret key. */
    public static KeyUseRequest of(String presented, CallerAddress caller, Optional<String> origin) {
        return new KeyUseRequest(
                presented,
                caller,
                origin,
                EnumSet.allOf(OwnerType.class),
                Set.of(KeyKind.SECRET),
                true,
                List.of(),
                List.of(),
                Purpose.USE,
                Optional.empty());
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

    /** For doors that give away nothing of the owner's rights. */
    public KeyUseRequest orPublishable() {
        return new KeyUseRequest(
                presented,
                caller,
                origin,
                owners,
                EnumSet.allOf(KeyKind.class),
                restricted,
                audiences,
                scopes,
                purpose,
                pendingCharge);
    }

    /** For doors that sign people in, as Keycloak signs in no service account, and for good: with all they may do. */
    public KeyUseRequest asLogin() {
        return new KeyUseRequest(
                presented,
                caller,
                origin,
                Set.of(OwnerType.USER),
                kinds,
                false,
                audiences,
                scopes,
                purpose,
                pendingCharge);
    }

    public KeyUseRequest at(List<String> clientIds) {
        return new KeyUseRequest(
                presented, caller, origin, owners, kinds, restricted, clientIds, scopes, purpose, pendingCharge);
    }

    public KeyUseRequest needing(List<String> scopeNames) {
        return new KeyUseRequest(
                presented, caller, origin, owners, kinds, restricted, audiences, scopeNames, purpose, pendingCharge);
    }

    /** The key does not count as used. */
    public KeyUseRequest unrecorded() {
        return as(Purpose.IDENTIFY);
    }

    public KeyUseRequest as(Purpose other) {
        return new KeyUseRequest(
                presented, caller, origin, owners, kinds, restricted, audiences, scopes, other, pendingCharge);
    }

    /** The use has a price, which is charged when everything else is right. */
    public KeyUseRequest paying(Optional<PendingCharge> price) {
        return new KeyUseRequest(
                presented, caller, origin, owners, kinds, restricted, audiences, scopes, purpose, price);
    }
}
