package io.latchkey.keys;

import io.latchkey.model.Activation;
import java.util.Optional;

/**
 * Identifies the person who changes keys.
 *
 * @param userId the id of the acting user
 * @param administrator whether the change is an administrator's; the policy decides what everybody else may create
 * @param client client id of the application that acts for the user; empty if there is none
 * @param visibility which clients and client scopes the actor may name
 * @param barrier why this actor may neither create, nor rotate, nor loosen a key; empty for an actor who may
 */
public record Actor(
        String userId,
        boolean administrator,
        Optional<String> client,
        ReferenceVisibility visibility,
        Optional<KeyChangeRefusal> barrier) {

    /** An actor without an application, whom nothing stops. */
    public Actor(String userId, boolean administrator) {
        this(userId, administrator, Optional.empty(), ReferenceVisibility.EVERYTHING, Optional.empty());
    }

    /** How a key is off when this actor switches it off. */
    Activation off() {
        return administrator ? Activation.DISABLED_BY_ADMIN : Activation.DISABLED_BY_OWNER;
    }
}
