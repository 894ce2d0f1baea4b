package io.latchkey.verify;

import java.util.Locale;

/** Why a key is not accepted. For events and administrators only: callers are never told. */
public enum Reason {
    /** Not shaped like a key, or its checksum is wrong. */
    MALFORMED,
    /** No key of this realm has that id. */
    UNKNOWN,
    /** The id exists, the secret is another. */
    WRONG_SECRET,
    REVOKED,
    EXPOSED,
    EXPIRED,
    DISABLED,
    /** Replaced, and the overlap is over. */
    ROTATED_OUT,
    REALM_DISABLED,
    OWNER_MISSING,
    OWNER_DISABLED,
    /** Locked by brute-force detection, and the policy honours that. */
    OWNER_LOCKED,
    /** The owner must first do something at a login, such as setting a new password. */
    OWNER_ACTION_REQUIRED,
    /** The door signs people in, and the owner is a service account. */
    OWNER_CANNOT_SIGN_IN,
    /** The owner is the service account of a client that is disabled or has none any more. */
    CLIENT_DISABLED;

    /** For the {@code reason} detail of events. */
    public String code() {
        return "api_key_" + name().toLowerCase(Locale.ROOT);
    }
}
