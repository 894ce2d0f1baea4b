package io.latchkey.policy;

/**
 * Describes what is wrong with one field of a request or one attribute.
 *
 * @param field the name its author used: a JSON field, a query parameter or an attribute
 * @param detail one English phrase that says what is allowed, without repeating the value
 */
public record FieldError(String field, String detail) {}
