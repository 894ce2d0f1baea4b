/** An extension of somebody else whose event listener fails. Runs inside the server under test. */
package io.latchkey.it.failing;
