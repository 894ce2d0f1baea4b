package io.latchkey.policy;

/**
 * Names a policy attribute that was set and has been removed from the realm.
 *
 * @param attribute its name
 * @param effect what stops, or is no longer limited, since it is gone; for administrators
 */
public record RemovedPolicyAttribute(String attribute, String effect) {}
