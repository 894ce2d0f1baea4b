package io.latchkey.adapter;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.keycloak.common.util.Time;

/** Keycloak's own time, which tests of a whole server can move. UTC. */
public final class ServerClock extends Clock {

    private static final ServerClock INSTANCE = new ServerClock();

    private ServerClock() {}

    public static ServerClock instance() {
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
