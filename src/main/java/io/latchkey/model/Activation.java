package io.latchkey.model;

/** The switch of a key, and who has moved it: what an administrator switched off, its owner cannot switch on. */
public enum Activation {
    ENABLED,
    DISABLED_BY_OWNER,
    DISABLED_BY_ADMIN
}
