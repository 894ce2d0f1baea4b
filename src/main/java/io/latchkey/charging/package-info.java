/** Defines the provider interface through which endpoints charge calls; the package {@code credits} implements it. */
package io.latchkey.charging;
