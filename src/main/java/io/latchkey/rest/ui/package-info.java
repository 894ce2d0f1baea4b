/** The pages that the consoles load. */
package io.latchkey.rest.ui;
