package io.latchkey.bench;

import java.util.List;

/**
 * What the project promises of a door, as a multiple of one of Keycloak's own endpoints in the same round, or of another door.
 *
 * @param factor the least number of requests per second of the door for one of the baseline
 */
record Promise(String door, String baseline, double factor) {

    static final List<Promise> ALL = List.of(
            new Promise(Doors.VERIFY, Baselines.REALM, 1.2),
            new Promise(Doors.FORWARD_AUTH, Baselines.REALM, 1.2),
            new Promise(Doors.FORWARD_AUTH_AUDIENCE, Baselines.REALM, 1.2),
            new Promise(Doors.VERIFY_MANY, Baselines.REALM, 1.3),
            new Promise(Doors.FORWARD_AUTH_MANY, Baselines.REALM, 1.3),
            new Promise(Doors.INTROSPECTION, Baselines.JWT_INTROSPECTION, 1.5),
            new Promise(Doors.EXCHANGE, Baselines.CLIENT_CREDENTIALS, 8),
            new Promise(Doors.FRESH_TOKEN, Baselines.CLIENT_CREDENTIALS_AGAIN, 1.1),
            new Promise(MeteredDoors.VERIFY, Doors.VERIFY, 0.9),
            new Promise(MeteredDoors.VERIFY_ANEW, Doors.VERIFY_ANEW, 0.9),
            new Promise(MeteredDoors.FORWARD_AUTH, Doors.FORWARD_AUTH_AUDIENCE, 0.9));

    /** Doors that, once warm, ask the database nothing. */
    static final List<String> WITHOUT_SQL = List.of(
            Doors.VERIFY,
            Doors.VERIFY_ANEW,
            Doors.FORWARD_AUTH,
            Doors.FORWARD_AUTH_AUDIENCE,
            Doors.HOT_KEY,
            Doors.VERIFY_MANY,
            Doors.FORWARD_AUTH_MANY,
            Doors.INTROSPECTION,
            Doors.EXCHANGE,
            MeteredDoors.VERIFY,
            MeteredDoors.VERIFY_ANEW,
            MeteredDoors.FORWARD_AUTH,
            Doors.MISTYPED_AT_VERIFY,
            Doors.MISTYPED_AT_FORWARD_AUTH);

    /** The server writes last uses and cluster membership now and then, whatever it is asked. */
    static final double NO_SQL = 0.01;
}
