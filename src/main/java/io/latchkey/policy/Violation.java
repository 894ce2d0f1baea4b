package io.latchkey.policy;

/**
 * Describes one invalid field of a request or one invalid attribute.
 *
 * @param field the name its author used: a JSON field, a query parameter or an attribute
 * @param detail one English phrase that says what is allowed, without repeating the value
 */
public record Violation(String field, String detail) {}
