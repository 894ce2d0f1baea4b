package io.latchkey.verify;

import io.latchkey.model.CallerAndLastHop;
import io.latchkey.model.UsageCounterId;
import io.latchkey.verify.Verification.Rejected;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.RealmModel;

/**
 * Records rejected uses of keys in one realm, counts failed keys by caller address, and returns how long the caller must
 * wait.
 */
public final class RejectedUseRecorder {

    private final ThrottledRejectionEvents failures;
    private final RealmModel realm;

    RejectedUseRecorder(ThrottledRejectionEvents failures, RealmModel realm) {
        this.failures = failures;
        this.realm = realm;
    }

    /** Records a use at no API whose response gives the reason. */
    public void record(EventBuilder event, Rejected rejected, String error) {
        failures.report(realm, event, rejected, UsageCounterId.NO_API, error);
    }

    public void record(EventBuilder event, KeyUseRequest request, Rejected rejected, String error) {
        failures.report(realm, event, rejected, api(request, rejected), error);
    }

    /**
     * Records a use at no API whose response gives no reason, and counts it against the address of the caller.
     *
     * @return the result to respond with, which may be to wait
     */
    public Rejected answer(EventBuilder event, CallerAndLastHop caller, Rejected rejected, String error) {
        Rejected reported = reported(rejected, caller);
        record(event, reported, error);
        return reported;
    }

    public Rejected answer(EventBuilder event, KeyUseRequest request, Rejected rejected, String error) {
        Rejected reported = reported(rejected, request.caller());
        record(event, request, reported, error);
        return reported;
    }

    private Rejected reported(Rejected rejected, CallerAndLastHop caller) {
        return rejected.reason() == Reason.RATE_LIMITED
                ? rejected
                : new Rejected(rejected.reason(), rejected.key(), failures.count(caller.lastHop()));
    }

    /** A guessed secret counts for no API, so that guesses need few counters. */
    private String api(KeyUseRequest request, Rejected rejected) {
        return rejected.reason() == Reason.WRONG_SECRET ? UsageCounterId.NO_API : request.api(realm);
    }
}
