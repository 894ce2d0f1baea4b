package io.latchkey.release;

/** Checks the same of the credits jar. */
class CreditsLinkTest extends LinkTest {}
