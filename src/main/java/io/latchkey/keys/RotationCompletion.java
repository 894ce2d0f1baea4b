package io.latchkey.keys;

import io.latchkey.model.ApiKey;
import io.latchkey.model.Revocation;
import io.latchkey.model.Rotation;
import java.util.Optional;

/** Ends the replaced key, and successors from repeated requests, at the first use of a successor. */
final class RotationCompletion {

    private final KeyService keyService;

    RotationCompletion(KeyService keyService) {
        this.keyService = keyService;
    }

    void confirm(ApiKey successor) {
        keyService.keys.lockOwner(successor.realmId(), successor.owner().id());
        if (!keyService.keys.confirm(successor)) {
            return;
        }
        KeyRevocation revocation = new KeyRevocation(keyService);
        for (ApiKey relative : keyService.keys.family(successor.realmId(), successor.family())) {
            if (relative.statusAt(keyService.now()).usable() && isSuperseded(relative, successor)) {
                revocation.end(relative, Revocation.Reason.SUPERSEDED);
            }
        }
    }

    private static boolean isSuperseded(ApiKey relative, ApiKey successor) {
        boolean twin = relative.predecessor().equals(successor.predecessor())
                && !relative.id().equals(successor.id());
        boolean predecessor = successor.predecessor().equals(Optional.of(relative.id()));
        boolean endsOnFirstUse =
                relative.rotation().map(Rotation::endOnFirstUse).orElse(false);
        return twin && !relative.confirmed() || predecessor && endsOnFirstUse;
    }
}
