package io.latchkey.keys;

import io.latchkey.policy.FieldError;
import io.latchkey.policy.RealmPolicy;
import java.util.List;

/**
 * Explains why a change of a key was refused without any effect. Nothing was changed at all then.
 *
 * @param detail one English sentence for the caller
 * @param errors the fields at fault, when the request was
 */
public record KeyChangeRefusal(Kind kind, String detail, List<FieldError> errors) {

    /** What a caller can do about it differs by kind. */
    public enum Kind {
        INVALID,
        NOT_ALLOWED,
        CLIENT_NOT_ALLOWED,
        IMPERSONATED,
        PLAN_REQUIRED,
        LIMIT_REACHED,
        NAME_TAKEN,
        NOT_FOUND,
        CHANGED_MEANWHILE,
        NOT_USABLE,
        ALREADY_ROTATED,
        REQUEST_DIFFERS
    }

    static KeyChangeRefusal of(Kind kind, String detail) {
        return new KeyChangeRefusal(kind, detail, List.of());
    }

    static KeyChangeRefusal invalid(String field, String detail) {
        return new KeyChangeRefusal(Kind.INVALID, detail, List.of(new FieldError(field, detail)));
    }

    /** The access token belongs to a client that the realm does not list. */
    public static KeyChangeRefusal clientNotAllowed() {
        return of(
                Kind.CLIENT_NOT_ALLOWED,
                "The client of this access token may not do this; the realm attribute "
                        + RealmPolicy.MANAGEMENT_CLIENTS_ATTRIBUTE + " names those that may.");
    }

    /** The access token acts for another user, or no stored session shows who signed in. */
    public static KeyChangeRefusal impersonated() {
        return of(
                Kind.IMPERSONATED,
                "This needs a session in which the user signed in; neither an impersonated session nor a token without a"
                        + " stored session will do.");
    }

    static KeyChangeRefusal notFound() {
        return of(Kind.NOT_FOUND, "There is no such key.");
    }
}
