/** An extension of somebody else that adds to tokens. Runs inside the server under test. */
package io.latchkey.it.widening;
