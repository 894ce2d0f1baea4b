package io.latchkey.rest;

import java.time.Instant;

/**
 * Moments as answers say them (ISO 8601). Of a thousand answers in a row most say the same ones, so those that were
 * printed last are kept.
 */
public final class InstantText {

    private static final int KEPT = 64;

    private static final Printed[] PRINTED = new Printed[KEPT];

    private InstantText() {}

    public static String of(Instant moment) {
        // Moments that follow each other have places of their own.
        int place = (int) moment.getEpochSecond() * 1000 + moment.getNano() / 1_000_000 & KEPT - 1;
        // Whatever another thread puts there meanwhile is a whole one.
        Printed printed = PRINTED[place];
        if (printed == null || !printed.moment().equals(moment)) {
            printed = new Printed(moment, moment.toString());
            PRINTED[place] = printed;
        }
        return printed.text();
    }

    private record Printed(Instant moment, String text) {}
}
