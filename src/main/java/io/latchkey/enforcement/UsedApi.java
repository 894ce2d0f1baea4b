package io.latchkey.enforcement;

import io.latchkey.model.UsageCounterId;
import io.latchkey.verify.KeyUseRequest;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;

/** Finds the API that a use is counted for. */
public final class UsedApi {

    private UsedApi() {}

    /** The only one the door has named; by its id, which no renaming changes. */
    public static String id(RealmModel realm, KeyUseRequest request) {
        if (request.audiences().size() != 1) {
            return UsageCounterId.NO_API;
        }
        ClientModel api = realm.getClientByClientId(request.audiences().get(0));
        return api == null ? UsageCounterId.NO_API : api.getId();
    }
}
