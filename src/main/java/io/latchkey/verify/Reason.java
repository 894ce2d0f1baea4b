package io.latchkey.verify;

import java.util.Locale;

/** Lists the reasons for which a key is refused. Only events contain them; a response never does. */
public enum Reason {
    /** Not shaped like a key, or its checksum is wrong. */
    MALFORMED,
    /** No key of this realm has that id. */
    UNKNOWN,
    /** The id exists, the secret is another. */
    WRONG_SECRET,
    REVOKED,
    EXPIRED,
    DISABLED,
    /** Replaced, and the grace period is over. */
    ROTATED_OUT,
    REALM_DISABLED,
    OWNER_MISSING,
    OWNER_DISABLED,
    /** Locked by brute-force detection, and the policy honours that. */
    OWNER_LOCKED,
    /** The realm requires verified mail addresses, and the owner's is not. */
    OWNER_MAIL_UNVERIFIED,
    /** The owner must first do something at a login, such as setting a new password. */
    OWNER_ACTION_REQUIRED,
    /** The owner has more keys than policy and plans allow now, and this is one of the newest. */
    SUSPENDED,
    /** Not from one of the addresses the key is restricted to, or from an unknown one. */
    ADDRESS_NOT_ALLOWED,
    /** Not from one of the origins the key is restricted to, or from none. */
    ORIGIN_NOT_ALLOWED,
    /** Used at an API the key is not restricted to. */
    AUDIENCE_NOT_ALLOWED,
    /** A scope is needed that the key does not carry, or its owner may not use. */
    SCOPE_NOT_ALLOWED,
    /** A token made from the key, which says more than the key gives now. */
    TOKEN_TOO_WIDE,
    /** A publishable key at an endpoint that reveals what its owner may do. */
    PUBLISHABLE,
    /** A key with scopes or audiences at an endpoint that cannot apply them. */
    RESTRICTED,
    /** The endpoint signs people in, and the owner is a service account. */
    OWNER_CANNOT_SIGN_IN,
    /** The owner is the service account of a client that is disabled or has none any more. */
    CLIENT_DISABLED,
    /** Used more often than the policy and its owner's plans allow. The response says so. */
    RATE_LIMITED,
    /** The owner cannot pay for the call. */
    CREDITS_EXHAUSTED,
    /** The ledger is unreachable, so that the call cannot be charged. */
    CREDITS_UNAVAILABLE;

    /** For the {@code reason} detail of events. */
    public String code() {
        return "api_key_" + name().toLowerCase(Locale.ROOT);
    }
}
