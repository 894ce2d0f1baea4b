package io.latchkey.lifecycle;

/**
 * Who changes keys.
 *
 * @param userId the id of the acting user
 * @param administrator whether the change is an administrator's; the policy decides what everybody else may create
 */
public record Actor(String userId, boolean administrator) {}
