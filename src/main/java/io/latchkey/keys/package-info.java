/** How keys are made, changed, rotated and ended. {@link io.latchkey.keys.KeyService} is the only way to change one. */
package io.latchkey.keys;
