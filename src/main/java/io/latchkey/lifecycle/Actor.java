package io.latchkey.lifecycle;

import io.latchkey.model.Activation;

/**
 * Who changes keys.
 *
 * @param userId the id of the acting user
 * @param administrator whether the change is an administrator's; the policy decides what everybody else may create
 */
public record Actor(String userId, boolean administrator) {

    /** How a key is off when this actor switches it off. */
    Activation off() {
        return administrator ? Activation.DISABLED_BY_ADMIN : Activation.DISABLED_BY_OWNER;
    }
}
