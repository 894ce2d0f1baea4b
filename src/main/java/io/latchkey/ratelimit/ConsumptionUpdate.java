package io.latchkey.ratelimit;

import io.latchkey.policy.RateLimit;
import io.latchkey.ratelimit.RateLimitStatus.LimitScope;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Carries to the other nodes how many calls one node has allowed for a token bucket; prints and parses itself.
 *
 * @param limit for nodes that have no bucket of this id yet
 */
record ConsumptionUpdate(TokenBucket.Id id, long calls, RateLimit limit) {

    private static final String FIELD = "~";
    private static final int FIELDS = 4;

    /** Prints one line per update. */
    static String print(List<ConsumptionUpdate> updates) {
        return updates.stream().map(ConsumptionUpdate::print).collect(Collectors.joining("\n"));
    }

    /** Skips lines that it cannot parse, because other nodes may run another release. */
    static Stream<ConsumptionUpdate> parse(String text) {
        return text.lines().map(ConsumptionUpdate::parseLine).flatMap(Optional::stream);
    }

    // Ids of federated users may contain any character.
    private String print() {
        String subject = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(id.subject().getBytes(StandardCharsets.UTF_8));
        return String.join(FIELD, id.scope().name(), subject, Long.toString(calls), limit.toString());
    }

    private static Optional<ConsumptionUpdate> parseLine(String line) {
        String[] fields = line.split(FIELD);
        if (fields.length != FIELDS) {
            return Optional.empty();
        }
        try {
            LimitScope scope = LimitScope.valueOf(fields[0]);
            String subject = new String(Base64.getUrlDecoder().decode(fields[1]), StandardCharsets.UTF_8);
            long calls = Long.parseLong(fields[2]);
            return RateLimit.parse(fields[3])
                    .filter(limit -> calls > 0)
                    .map(limit -> new ConsumptionUpdate(new TokenBucket.Id(scope, subject), calls, limit));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }
}
