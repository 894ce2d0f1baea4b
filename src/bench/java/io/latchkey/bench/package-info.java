/**
 * {@code mvn -Pbench}: measures the endpoints compared to Keycloak's own on a real server, the code in memory, and what
 * millions of keys change. See src/docs/benchmarks.md.
 */
package io.latchkey.bench;
