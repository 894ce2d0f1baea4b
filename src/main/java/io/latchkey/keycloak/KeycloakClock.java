package io.latchkey.keycloak;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.keycloak.common.util.Time;

/** Provides Keycloak's own time, in UTC. Tests of a whole server can move it. */
public final class KeycloakClock extends Clock {

    private static final KeycloakClock INSTANCE = new KeycloakClock();

    private KeycloakClock() {}

    public static KeycloakClock instance() {
        return INSTANCE;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(Time.currentTimeMillis());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("Times of keys are UTC");
    }
}
