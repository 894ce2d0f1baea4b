package io.latchkey.policy;

/**
 * An attribute of a realm that was set and is gone.
 *
 * @param attribute its name
 * @param effect what stops, or is no longer limited, since it is gone; for administrators
 */
public record RemovedAttribute(String attribute, String effect) {}
