package io.latchkey;

import io.latchkey.model.UseSlot;
import io.latchkey.verify.KeyRequest;
import io.latchkey.verify.Reason;
import io.latchkey.verify.Verification.Rejected;
import java.util.Optional;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.RealmModel;

/**
 * What becomes of refused uses: those of a known key are counted and written as error events. Of events, what an attacker can repeat
 * at will is written a few times a minute only, so that nobody floods the event table.
 */
public final class RejectedUses {

    private final LatchkeyFactory factory;
    private final RealmModel realm;

    RejectedUses(LatchkeyFactory factory, RealmModel realm) {
        this.factory = factory;
        this.realm = realm;
    }

    /**
     * Of a key that nobody wanted to use at an API.
     *
     * @param error Keycloak's word for the caller's error, such as {@code invalid_grant}
     */
    public void record(EventBuilder event, Rejected rejected, String error) {
        record(event, rejected, UseSlot.NO_API, error);
    }

    public void record(EventBuilder event, KeyRequest request, Rejected rejected, String error) {
        record(event, rejected, api(request, rejected), error);
    }

    /**
     * As {@link #record(EventBuilder, Rejected, String)}, where nothing but "no" is answered, whatever the reason: who is told so too
     * often has to wait.
     *
     * @param address of whoever sent the key, if known
     * @return what to answer
     */
    public Rejected answer(EventBuilder event, Optional<String> address, Rejected rejected, String error) {
        return answer(event, address, rejected, UseSlot.NO_API, error);
    }

    public Rejected answer(EventBuilder event, KeyRequest request, Rejected rejected, String error) {
        return answer(event, request.address(), rejected, api(request, rejected), error);
    }

    private Rejected answer(EventBuilder event, Optional<String> address, Rejected rejected, String api, String error) {
        Rejected told = isToldWhy(rejected.reason())
                ? rejected
                : new Rejected(
                        rejected.reason(), rejected.key(), factory.wrongKeys().count(address));
        record(event, told, api, error);
        return told;
    }

    /** Whoever is told so holds a good key. */
    private static boolean isToldWhy(Reason reason) {
        return switch (reason) {
            case RATE_LIMITED, CREDITS_EXHAUSTED, CREDITS_UNAVAILABLE -> true;
            default -> false;
        };
    }

    /** A guess counts for no API, so that guesses take little room. */
    private String api(KeyRequest request, Rejected rejected) {
        return rejected.reason() == Reason.WRONG_SECRET ? UseSlot.NO_API : UsedApi.id(realm, request);
    }

    private void record(EventBuilder event, Rejected rejected, String api, String error) {
        rejected.key()
                .ifPresent(key -> factory.uses()
                        .rejected(
                                key.id(),
                                api,
                                factory.clock().instant(),
                                rejected.reason().code()));
        factory.failures().report(realm, event, rejected, rejected.isTooSoon() ? Errors.SLOW_DOWN : error);
    }
}
