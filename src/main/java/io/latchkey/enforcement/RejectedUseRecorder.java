package io.latchkey.enforcement;

import io.latchkey.model.CallerAddress;
import io.latchkey.model.UsageCounterId;
import io.latchkey.verify.KeyUseRequest;
import io.latchkey.verify.Reason;
import io.latchkey.verify.Verification.Rejected;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.RealmModel;

/** Records the rejected uses of one realm, each for the API at which the key was used. */
public final class RejectedUseRecorder {

    private final FailedUseRecorder failures;
    private final RealmModel realm;

    RejectedUseRecorder(FailedUseRecorder failures, RealmModel realm) {
        this.failures = failures;
        this.realm = realm;
    }

    /** Where there is no API, and the answer is more than "no". */
    public void record(EventBuilder event, Rejected rejected, String error) {
        failures.report(realm, event, rejected, UsageCounterId.NO_API, error);
    }

    public void record(EventBuilder event, KeyUseRequest request, Rejected rejected, String error) {
        failures.report(realm, event, rejected, api(request, rejected), error);
    }

    /**
     * Where there is no API, and nothing but "no" is answered, whatever the reason. Whoever is told so too often has to wait.
     *
     * @param caller who sent the key
     * @return what to answer
     */
    public Rejected answer(EventBuilder event, CallerAddress caller, Rejected rejected, String error) {
        Rejected reported = reported(rejected, caller);
        record(event, reported, error);
        return reported;
    }

    public Rejected answer(EventBuilder event, KeyUseRequest request, Rejected rejected, String error) {
        Rejected reported = reported(rejected, request.caller());
        record(event, request, reported, error);
        return reported;
    }

    private Rejected reported(Rejected rejected, CallerAddress caller) {
        return rejected.reason() == Reason.RATE_LIMITED
                ? rejected
                : new Rejected(rejected.reason(), rejected.key(), failures.count(caller.lastHop()));
    }

    /** A guess counts for no API, so that guesses take little room. */
    private String api(KeyUseRequest request, Rejected rejected) {
        return rejected.reason() == Reason.WRONG_SECRET ? UsageCounterId.NO_API : request.api(realm);
    }
}
