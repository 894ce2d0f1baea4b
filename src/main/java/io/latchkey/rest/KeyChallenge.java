package io.latchkey.rest;

import io.latchkey.http.Problem;
import io.latchkey.http.ProblemType;
import io.latchkey.verify.Reason;
import io.latchkey.verify.Verification.Rejected;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.regex.Pattern;
import org.keycloak.models.RealmModel;

/** Builds the 401 response to a missing or invalid key, token or client, and the 429 problem of a rate limit. */
public final class KeyChallenge {

    private static final Pattern NO_QUOTED_TEXT = Pattern.compile("[^ !#-\\[\\]-~]");

    private KeyChallenge() {}

    /** A key that can be used is missing. */
    public static Response of(RealmModel realm) {
        return answer(ProblemType.KEY_REQUIRED.problem(), challenge("ApiKey", realm));
    }

    /** A token or a key is missing. In one header line, because nginx before 1.23 passes on only one. */
    public static Response tokenOrKey(RealmModel realm) {
        return answer(
                ProblemType.KEY_REQUIRED.problem(), challenge("Bearer", realm) + ", " + challenge("ApiKey", realm));
    }

    /**
     * A confidential client is missing.
     *
     * @param advice what the client of the request should do instead, where that is known
     */
    static Response client(RealmModel realm, Optional<String> advice) {
        return answer(
                advice.map(ProblemType.INVALID_CLIENT::problem).orElseGet(ProblemType.INVALID_CLIENT::problem),
                challenge("Basic", realm));
    }

    /** A valid key was used too often, or too many wrong keys came from the address. The headers say how long to wait. */
    public static Problem rateLimited(Rejected rejected) {
        return rejected.reason() == Reason.RATE_LIMITED
                ? ProblemType.RATE_LIMITED.problem()
                : ProblemType.TOO_MANY_WRONG_KEYS.problem();
    }

    private static String challenge(String scheme, RealmModel realm) {
        return scheme + " realm=\"" + NO_QUOTED_TEXT.matcher(realm.getName()).replaceAll("_") + "\"";
    }

    private static Response answer(Problem problem, String challenge) {
        return Response.fromResponse(problem.toResponse())
                .header(HttpHeaders.WWW_AUTHENTICATE, null)
                .header(HttpHeaders.WWW_AUTHENTICATE, challenge)
                .build();
    }
}
