/**
 * {@code mvn -Pbench}: measures the doors beside Keycloak's own endpoints on a real server, the code in memory, and what
 * millions of keys change. See src/docs/benchmarks.md.
 */
package io.latchkey.bench;
