/** Keys at the doors of others: what gateways ask before they let a request through, and keys at Keycloak's own REST. */
package io.latchkey.forwardauth;
