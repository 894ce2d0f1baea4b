/** Shared by the REST endpoints: fields of keys, key changes, responses, usage reports, permissions of administrators. */
package io.latchkey.rest;
