package io.latchkey.keys;

import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;

/** Decides which clients and client scopes an actor may know. To the actor, one that is out of sight does not exist. */
public interface ReferenceVisibility {

    /** Users of a realm may name every client and client scope that the policy offers. */
    ReferenceVisibility EVERYTHING = new ReferenceVisibility() {
        @Override
        public boolean canSee(ClientModel client) {
            return true;
        }

        @Override
        public boolean canSee(ClientScopeModel scope) {
            return true;
        }
    };

    boolean canSee(ClientModel client);

    boolean canSee(ClientScopeModel scope);
}
