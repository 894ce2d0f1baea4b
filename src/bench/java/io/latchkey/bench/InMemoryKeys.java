package io.latchkey.bench;

import io.latchkey.key.KeyHasher;
import io.latchkey.key.PresentedKey;
import io.latchkey.keycloak.OwnerCache;
import io.latchkey.model.Activation;
import io.latchkey.model.ApiKey;
import io.latchkey.model.EditableKeySettings;
import io.latchkey.model.KeyLineage;
import io.latchkey.model.Owner;
import io.latchkey.model.OwnerType;
import io.latchkey.model.Restrictions;
import io.latchkey.ratelimit.RateLimitStatus;
import io.latchkey.verify.AcceptedUseListener;
import io.latchkey.verify.KeyVerifier;
import io.latchkey.verify.OwnerCheck;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;

/** Verifies one key in memory, without a server, so that only the project's own work is measured. */
final class InMemoryKeys {

    private static final String REALM = "realm";
    private static final String OWNER = "owner";

    private final ApiKey key;

    InMemoryKeys(PresentedKey presented, KeyHasher hasher) {
        key = new ApiKey(
                presented.id(),
                REALM,
                presented.prefix(),
                new Owner(OwnerType.USER, OWNER),
                new EditableKeySettings(
                        "bench", Optional.empty(), Activation.ENABLED, Optional.empty(), Restrictions.NONE),
                new KeyLineage(Instant.EPOCH, OWNER, "family", Optional.empty()),
                true,
                Optional.empty(),
                Optional.empty(),
                hasher.hash(presented.secret()),
                0);
    }

    RealmModel realm() {
        return stand(
                RealmModel.class,
                Map.of("getId", it -> REALM, "isEnabled", it -> true, "isBruteForceProtected", it -> false));
    }

    KeyVerifier verifier(KeyHasher hasher) {
        UserModel owner = stand(
                UserModel.class,
                Map.of(
                        "getId",
                        it -> OWNER,
                        "isEnabled",
                        it -> true,
                        "getRequiredActionsStream",
                        it -> Stream.empty()));
        UserProvider users = stand(UserProvider.class, Map.of("getUserById", it -> owner));
        KeycloakSession session = stand(KeycloakSession.class, Map.of("users", it -> users));
        Optional<ApiKey> found = Optional.of(key);
        AcceptedUseListener unrecorded = stand(AcceptedUseListener.class, Map.of());
        return new KeyVerifier(
                (realm, id) -> found,
                hasher,
                new OwnerCheck(
                        session,
                        new OwnerCache(session, Clock.systemUTC(), Duration.ZERO),
                        (place, placed, whose) -> false),
                (realm, accepted, counted) -> RateLimitStatus.UNLIMITED,
                unrecorded,
                Clock.systemUTC());
    }

    /** Answers the named methods, and null to the rest. */
    private static <T> T stand(Class<T> type, Map<String, Function<Object[], Object>> answers) {
        Object stand =
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    Function<Object[], Object> answer = answers.get(method.getName());
                    return answer == null ? null : answer.apply(arguments);
                });
        return type.cast(stand);
    }
}
