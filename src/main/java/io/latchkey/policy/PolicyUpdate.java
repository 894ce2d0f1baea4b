package io.latchkey.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds the result of reading a new policy: its attributes, or the violations. */
public sealed interface PolicyUpdate {

    /**
     * The whole policy.
     *
     * @param attributes every attribute by name with its new text; empty to remove it
     */
    record Accepted(Map<String, Optional<String>> attributes) implements PolicyUpdate {}

    /** @param violations by JSON field; nothing may be written */
    record Refused(List<Violation> violations) implements PolicyUpdate {}
}
