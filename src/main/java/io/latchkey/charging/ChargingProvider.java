package io.latchkey.charging;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.latchkey.model.CreditAmount;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Supplier;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.Provider;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** Charges calls of APIs and serves the endpoints of credits. An installation that sells nothing has no implementation. */
public interface ChargingProvider extends Provider {

    /** The attribute of a client that holds the price list of the API. */
    String PRICE_ATTRIBUTE = "latchkey.credits.price";

    /** The implementation; empty if none is installed. */
    static Optional<ChargingProvider> of(KeycloakSession session) {
        return Optional.ofNullable(session.getProvider(ChargingProvider.class));
    }

    /**
     * Prices a call; empty if the API has no prices.
     *
     * @param call read only if the price depends on it
     * @param explicit price in the request, which replaces the price list
     */
    Optional<PendingCharge> pendingCharge(
            RealmModel realm,
            ClientModel api,
            Supplier<MethodAndPath> call,
            Optional<CreditAmount> explicit,
            ChargeMode mode);

    /** Describes the owner's current balances at every API. */
    ArrayNode describe(UserModel owner);

    /**
     * The JAX-RS resource {@code /realms/{realm}/api-keys/credits}.
     *
     * @param own responds with the caller's own balances
     */
    Object accountEndpoint(Supplier<Response> own);

    /** The JAX-RS resource {@code /admin/realms/{realm}/api-keys/allowances}. */
    Object allowancesEndpoint(AdminPermissionEvaluator auth, AdminEventBuilder event);

    /** The JAX-RS resource {@code /admin/realms/{realm}/api-keys/prices}. */
    Object pricesEndpoint(AdminPermissionEvaluator auth, AdminEventBuilder event);

    @Override
    default void close() {}
}
