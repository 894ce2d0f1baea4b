/** Endpoints that gateways ask before they let a request pass. */
package io.latchkey.forwardauth;
