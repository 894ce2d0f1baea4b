/** What becomes of a use once it is decided: counted, limited, paid, recorded, and the same when it is repeated. */
package io.latchkey.enforcement;
