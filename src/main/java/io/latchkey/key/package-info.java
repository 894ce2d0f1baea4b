/** What a key looks like, how one is made and how it is stored. Needs the JDK only; {@code src/docs/key-format.md} describes it. */
package io.latchkey.key;
