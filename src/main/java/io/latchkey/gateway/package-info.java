/** Keys at the doors of others: what gateways ask before they let a request through. */
package io.latchkey.gateway;
