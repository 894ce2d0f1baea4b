/** Sells calls of APIs for credits: the implementation of {@link io.latchkey.charging.ChargingProvider}. */
package io.latchkey.credits;
