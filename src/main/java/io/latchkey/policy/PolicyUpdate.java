package io.latchkey.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds the result of reading a new policy: its attributes, or the errors. */
public sealed interface PolicyUpdate {

    /**
     * The whole policy.
     *
     * @param attributes every attribute by name with its new text; empty to remove it
     */
    record Accepted(Map<String, Optional<String>> attributes) implements PolicyUpdate {}

    /** @param errors by JSON field; nothing may be written */
    record Refused(List<FieldError> errors) implements PolicyUpdate {}
}
