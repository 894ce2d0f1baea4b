package io.latchkey.architecture;

/** Checks the same of the credits jar. */
class CreditsRegistrationTest extends RegistrationTest {}
