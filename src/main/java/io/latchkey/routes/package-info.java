/** Maps the paths of Latchkey's two URL trees to endpoints. */
package io.latchkey.routes;
