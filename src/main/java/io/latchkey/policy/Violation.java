package io.latchkey.policy;

/**
 * One thing that is wrong with what was asked or set.
 *
 * @param field the name its author used: a JSON field, a query parameter or an attribute
 * @param detail one English phrase that says what is allowed, without repeating the value
 */
public record Violation(String field, String detail) {}
