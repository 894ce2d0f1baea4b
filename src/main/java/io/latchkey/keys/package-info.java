/** How keys are made, changed, rotated and ended. Each command is a class that works on a {@link io.latchkey.keys.KeyContext}. */
package io.latchkey.keys;
