/** The realm's rules about keys: what its attributes say, what they may say, and what that means for one owner. */
package io.latchkey.policy;
