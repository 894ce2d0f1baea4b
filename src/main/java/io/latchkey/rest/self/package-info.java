/** What somebody can do with nothing but a key: read, replace and end that key. */
package io.latchkey.rest.self;
