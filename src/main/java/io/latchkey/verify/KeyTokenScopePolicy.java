package io.latchkey.verify;

import io.latchkey.model.ApiKey;
import io.latchkey.model.Restrictions;
import io.latchkey.policy.ScopeAndClientResolver;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.RealmModel;

/** Decides which scopes and audiences a token made from an accepted key at one client may have. */
public sealed interface KeyTokenScopePolicy {

    /**
     * @param scope for Keycloak to make the token with; empty for the client's defaults
     * @param audiences all that the token may have; empty for those of the client
     * @param demanded whether each of these audiences was requested by name
     */
    record Granted(Optional<String> scope, List<ClientModel> audiences, boolean demanded)
            implements KeyTokenScopePolicy {}

    /** @param detail one sentence for the caller, who holds a valid key */
    record Refused(Fault fault, String detail) implements KeyTokenScopePolicy {}

    /** Lists what makes a token request invalid. */
    enum Fault {
        SCOPE("invalid_scope"),
        AUDIENCE("invalid_target"),
        CLIENT("unauthorized_client");

        private final String error;

        Fault(String error) {
            this.error = error;
        }

        /** The error code of RFC 6749 and RFC 8693. */
        public String error() {
            return error;
        }
    }

    /**
     * @param scope the requested scopes, as RFC 6749 writes them
     * @param audiences client ids of the requested APIs
     */
    static KeyTokenScopePolicy of(
            RealmModel realm, ClientModel client, ApiKey key, Optional<String> scope, List<String> audiences) {
        Restrictions limits = key.restrictions();
        ScopeAndClientResolver names = new ScopeAndClientResolver(realm);
        List<ClientModel> targets = audiences.isEmpty()
                ? names.clients(limits.audiences())
                : audiences.stream().distinct().map(realm::getClientByClientId).toList();
        List<ClientModel> open = targets.stream()
                .filter(Objects::nonNull)
                .filter(ClientModel::isEnabled)
                .toList();
        boolean allOpen = open.size() == targets.size();
        boolean onKey = limits.audiences().isEmpty()
                || !open.isEmpty() && open.stream().map(ClientModel::getId).allMatch(limits.audiences()::contains);
        if (!onKey || !audiences.isEmpty() && !allOpen) {
            return new Refused(Fault.AUDIENCE, "Requested audience not available");
        }
        return limits.scopes().isEmpty()
                ? new Granted(scope, open, !audiences.isEmpty())
                : restricted(client, limits, names, scope, open, !audiences.isEmpty());
    }

    private static KeyTokenScopePolicy restricted(
            ClientModel client,
            Restrictions limits,
            ScopeAndClientResolver names,
            Optional<String> scope,
            List<ClientModel> targets,
            boolean demanded) {
        List<String> excess = ScopeLeakCheck.excess(client, limits);
        if (!excess.isEmpty()) {
            return new Refused(Fault.CLIENT, excessDetail(client, excess));
        }
        List<String> carried = new ArrayList<>(names.scopes(limits.scopes()));
        carried.retainAll(offered(client));
        // An offline session would outlive the key.
        carried.remove(OAuth2Constants.OFFLINE_ACCESS);
        List<String> wanted = scope.map(KeyTokenScopePolicy::words).orElse(carried);
        if (carried.isEmpty() || !wanted.stream().allMatch(word -> names.isCarried(carried, word))) {
            return new Refused(Fault.SCOPE, "The key does not carry the requested scope at this client");
        }
        return new Granted(Optional.of(String.join(" ", wanted)), targets, demanded);
    }

    /** Without parameterized scopes, which mean nothing without a parameter. */
    private static Set<String> offered(ClientModel client) {
        Set<String> offered = new TreeSet<>(Set.of(Restrictions.OPENID));
        Stream.of(true, false)
                .flatMap(byDefault -> client.getClientScopes(byDefault).values().stream())
                .filter(scope -> !scope.isParameterizedScope())
                .map(ClientScopeModel::getName)
                .forEach(offered::add);
        return offered;
    }

    /** Tells an administrator why a key with scopes gets no token at this client. */
    static String excessDetail(ClientModel client, List<String> excess) {
        return "Client '" + client.getClientId() + "' adds more than the scopes of the key: "
                + String.join(", ", excess) + ". Remove it, or make it optional";
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.strip().split(" +"))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
