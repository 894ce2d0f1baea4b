package io.latchkey.it;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An answer without what is random or a clock, and so differs from one start of the same server to the next. Random text
 * becomes as many stars: its length still counts. Everything else stays as it was sent.
 */
final class Fingerprint {

    private static final Pattern TOKEN = Pattern.compile("(eyJ[\\w-]+)\\.(eyJ[\\w-]+)\\.([\\w-]+)");

    /** Each hides its group and keeps what is around it. */
    private static final List<Pattern> RANDOM = List.of(
            // Of a token, in the token itself or as introspection tells: its own id (not the kind of token in front of
            // it), its session, the clock, and the hash of the access token beside it, of which everything is here.
            Pattern.compile("\"jti\":\"(?:\\w+:)?([^\"]+)\""),
            Pattern.compile("\"(?:sid|session_state|at_hash)\":\"([^\"]+)\""),
            Pattern.compile("\"(?:iat|exp|auth_time)\":(\\d+)"),
            // Cookies of a login: random ids, and a JWE whose first part, the header, stays.
            Pattern.compile("Set-Cookie: AUTH_SESSION_ID=([^;]+)"),
            Pattern.compile("Set-Cookie: KC_AUTH_SESSION_HASH=([^;]+)"),
            Pattern.compile("Set-Cookie: KC_RESTART=[\\w-]+\\.\\.([^;]+)"),
            // The same hash as in the cookie, in the script of the login page.
            Pattern.compile("checkAuthSession\\(\\s+\"([^\"]+)"),
            // Links and forms of pages: random codes, and the id of an execution, new with each realm.
            Pattern.compile("[?&;](?:session_code|tab_id|execution)=([\\w-]+)"),
            Pattern.compile("name=\"session_code\" value=\"([\\w-]+)"),
            // A password gets an id and the time when the realm was imported, whatever the import says.
            Pattern.compile("\"id\":\"([\\w-]+)\",\"type\":\"password\""),
            Pattern.compile("\"createdDate\":(\\d+)"),
            // Drawn once per database, so that browsers do not keep themes of another release.
            Pattern.compile("/resources/(\\w{5})/"));

    /** In quotes only where its random characters need them. */
    private static final Pattern QUOTED = Pattern.compile("(?<=KC_AUTH_SESSION_HASH=)\"([^\"]+)\"");

    /** A second less where a new one begins between a token and the answer that carries it. */
    private static final Pattern SECONDS_LEFT = Pattern.compile("\"(?:refresh_)?expires_in\":(\\d+)");

    /** Keycloak writes these as a hash set or the database has them, by random ids: the order means nothing. */
    private static final Map<Pattern, String> UNORDERED = Map.of(
            Pattern.compile("Access-Control-Allow-Headers: (.+)"), ", ",
            Pattern.compile("\"roles\":\\[(.*?)]"), ",",
            Pattern.compile("\"scopes_supported\":\\[(.*?)]"), ",",
            Pattern.compile("\"scope\":\"(.*?)\""), " ");

    private Fingerprint() {}

    static String of(WireAnswer answer) {
        String text = TOKEN.matcher(answer.text()).replaceAll(Fingerprint::opened);
        text = QUOTED.matcher(text).replaceAll("$1");
        text = SECONDS_LEFT.matcher(text).replaceAll(found -> around(found, nextTen(found.group(1))));
        for (Pattern pattern : RANDOM) {
            text = pattern.matcher(text)
                    .replaceAll(found -> around(found, "*".repeat(found.group(1).length())));
        }
        for (Map.Entry<Pattern, String> list : UNORDERED.entrySet()) {
            text = list.getKey()
                    .matcher(text)
                    .replaceAll(found -> around(found, sorted(found.group(1), list.getValue())));
        }
        return text;
    }

    /** A token's header and claims in plain text. The signature differs with the claims, but only its length counts. */
    private static String opened(MatchResult token) {
        return Matcher.quoteReplacement(decoded(token.group(1))
                + decoded(token.group(2))
                + "*".repeat(token.group(3).length()));
    }

    /** What was found, with something else for its group. */
    private static String around(MatchResult found, String group) {
        String before = found.group().substring(0, found.start(1) - found.start());
        String after = found.group().substring(found.end(1) - found.start());
        return Matcher.quoteReplacement(before + group + after);
    }

    /** Rounded up: on a busy machine it may be more than one. */
    private static String nextTen(String seconds) {
        return Long.toString((Long.parseLong(seconds) + 9) / 10 * 10);
    }

    private static String sorted(String list, String separator) {
        return Arrays.stream(list.split(separator)).sorted().collect(Collectors.joining(separator));
    }

    private static String decoded(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }
}
