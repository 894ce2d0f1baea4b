package io.latchkey.keys;

import io.latchkey.key.PlaintextKey;
import io.latchkey.model.ApiKey;

/**
 * Holds a new key together with its text, which is returned once.
 *
 * @param key what is on record
 * @param secret the key itself, for its owner only
 */
public record IssuedKey(ApiKey key, PlaintextKey secret) {}
