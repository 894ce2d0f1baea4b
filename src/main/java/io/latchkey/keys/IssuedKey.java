package io.latchkey.keys;

import io.latchkey.key.KeySecret;
import io.latchkey.model.ApiKey;

/**
 * A new key, once with its text; nobody can have the text again.
 *
 * @param key what is on record
 * @param secret the key itself, for its owner only
 */
public record IssuedKey(ApiKey key, KeySecret secret) {}
