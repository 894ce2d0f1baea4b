package io.latchkey.model;

/**
 * Lists the positions of a key's activation switch and who set it: a key that an administrator disabled cannot be enabled
 * by its owner.
 */
public enum Activation {
    ENABLED,
    DISABLED_BY_OWNER,
    DISABLED_BY_ADMIN
}
