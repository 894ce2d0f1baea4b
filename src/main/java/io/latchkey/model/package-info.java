/** What is on record about keys, and which questions can be asked of the record. */
package io.latchkey.model;
