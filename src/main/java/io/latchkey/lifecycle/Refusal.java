package io.latchkey.lifecycle;

import io.latchkey.policy.Violation;
import java.util.List;

/**
 * Why a change was not made. Nothing was changed at all then.
 *
 * @param detail one English sentence for the caller
 * @param violations the fields at fault, when the request was
 */
public record Refusal(Kind kind, String detail, List<Violation> violations) {

    /** What a caller can do about it differs by kind. */
    public enum Kind {
        INVALID,
        NOT_ALLOWED,
        PLAN_REQUIRED,
        LIMIT_REACHED,
        NAME_TAKEN,
        NOT_FOUND,
        CHANGED_MEANWHILE,
        NOT_USABLE,
        ALREADY_ROTATED,
        REQUEST_DIFFERS
    }

    static Refusal of(Kind kind, String detail) {
        return new Refusal(kind, detail, List.of());
    }

    static Refusal invalid(String field, String detail) {
        return new Refusal(Kind.INVALID, detail, List.of(new Violation(field, detail)));
    }

    static Refusal notFound() {
        return of(Kind.NOT_FOUND, "There is no such key.");
    }
}
