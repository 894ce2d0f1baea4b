/** Key in, realm session out: the execution for authentication flows. */
package io.latchkey.authenticator;
