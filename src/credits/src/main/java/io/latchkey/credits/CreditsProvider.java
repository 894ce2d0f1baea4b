package io.latchkey.credits;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.latchkey.ApiKeysProvider;
import io.latchkey.charging.ChargeMode;
import io.latchkey.charging.ChargingProvider;
import io.latchkey.charging.MethodAndPath;
import io.latchkey.charging.PendingCharge;
import io.latchkey.credits.lease.RealmChargingService;
import io.latchkey.credits.pricing.AllowanceResolver;
import io.latchkey.credits.pricing.Price;
import io.latchkey.credits.pricing.PriceLists;
import io.latchkey.credits.rest.AccountCreditsResource;
import io.latchkey.credits.rest.AdminCreditsResource;
import io.latchkey.credits.rest.CreditBalanceReport;
import io.latchkey.credits.rest.PricesResource;
import io.latchkey.model.CreditAmount;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Supplier;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** Charges calls in one Keycloak session with the credits of this node, and creates the endpoints of credits. */
record CreditsProvider(KeycloakSession session, PriceLists priceLists, CreditEngineLifecycle credits)
        implements ChargingProvider {

    @Override
    public Optional<PendingCharge> pendingCharge(
            RealmModel realm,
            ClientModel api,
            Supplier<MethodAndPath> call,
            Optional<CreditAmount> explicit,
            ChargeMode mode) {
        return priceLists
                .of(api)
                .map(list -> realmChargingService(realm).pendingCharge(api, new Price(explicit, list), call, mode));
    }

    private RealmChargingService realmChargingService(RealmModel realm) {
        ApiKeysProvider keys = ApiKeysProvider.of(session);
        AllowanceResolver allowances =
                new AllowanceResolver(keys.ownerCache(), credits.engine()::manualAllowance, realm);
        return new RealmChargingService(realm, keys.policy(realm).timeZone(), allowances, credits.engine());
    }

    @Override
    public ArrayNode describe(UserModel owner) {
        return new CreditBalanceReport(session).of(owner);
    }

    @Override
    public Object accountEndpoint(Supplier<Response> own) {
        return new AccountCreditsResource(session, own, this::realmChargingService);
    }

    @Override
    public Object allowancesEndpoint(AdminPermissionEvaluator auth, AdminEventBuilder event) {
        return new AdminCreditsResource(session, auth, event, credits.ledger());
    }

    @Override
    public Object pricesEndpoint(AdminPermissionEvaluator auth, AdminEventBuilder event) {
        return new PricesResource(session, auth, event);
    }
}
