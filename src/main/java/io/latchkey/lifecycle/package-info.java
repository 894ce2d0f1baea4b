/** How keys are made, changed, rotated and ended. {@link io.latchkey.lifecycle.KeyDesk} is the only way to change one. */
package io.latchkey.lifecycle;
