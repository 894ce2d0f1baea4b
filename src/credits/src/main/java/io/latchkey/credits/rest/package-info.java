/** Serves credits, allowances and prices over REST. */
package io.latchkey.credits.rest;
