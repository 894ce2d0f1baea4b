package io.latchkey.rest.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.ApiKeysProvider;
import io.latchkey.HookStatus;
import io.latchkey.charging.ChargingProvider;
import io.latchkey.http.ProblemType;
import io.latchkey.keycloak.TrustedProxies;
import io.latchkey.policy.RealmPolicy;
import io.latchkey.policy.ScopeAndClientResolver;
import io.latchkey.rest.KeyResponses;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** Reports errors and warnings in the setup of realm and server, such as missing hooks and invalid attributes. */
public final class HealthResource {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminPermissionEvaluator auth;

    public HealthResource(KeycloakSession session, AdminPermissionEvaluator auth) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.auth = auth;
    }

    @GET
    public Response get() {
        if (!auth.realm().canViewRealm()) {
            return ProblemType.FORBIDDEN.toResponse();
        }
        ArrayNode faults = JsonNodeFactory.instance.arrayNode();
        server(faults);
        client(faults);
        attributes(faults);
        credits(faults);
        ObjectNode report = JsonNodeFactory.instance.objectNode();
        report.put("status", worst(faults));
        report.set("faults", faults);
        return KeyResponses.ok(report);
    }

    private void server(ArrayNode faults) {
        HookStatus hooks = HookStatus.of(session);
        hooks.missing()
                .forEach(hook -> add(
                        faults,
                        "hook-missing",
                        Severity.ERROR,
                        Optional.empty(),
                        "Keycloak does not use " + hook + ". No API key is accepted on this server."));
        if (hooks.isTokenExchangeOff()) {
            add(
                    faults,
                    "token-exchange-off",
                    Severity.WARNING,
                    Optional.empty(),
                    "A feature of the server switches token exchange off. API keys work everywhere else.");
        }
        if (TrustedProxies.ofServer().trustsEveryPeer()) {
            add(
                    faults,
                    "trusted-proxies-missing",
                    Severity.WARNING,
                    Optional.empty(),
                    "The server reads addresses from proxy headers but has no list of trusted proxies. Set"
                            + " --proxy-trusted-addresses, or addresses that callers make up may count.");
        }
    }

    private void client(ArrayNode faults) {
        Optional<String> named = RealmPolicy.read(realm::getAttribute).client();
        Optional<String> subject = Optional.of(RealmPolicy.CLIENT_ATTRIBUTE);
        if (named.isEmpty()) {
            add(
                    faults,
                    "client-missing",
                    Severity.WARNING,
                    subject,
                    "It is not set. Token requests have to name a client, and forward-auth an audience.");
        } else if (new ScopeAndClientResolver(realm).openClient(named.get()).isEmpty()) {
            add(
                    faults,
                    "client-missing",
                    Severity.ERROR,
                    subject,
                    "It names a client that does not exist or is disabled.");
        }
    }

    private void attributes(ArrayNode faults) {
        RealmPolicy.faults(realm::getAttribute)
                .forEach(fault -> add(
                        faults,
                        "attribute-invalid",
                        Severity.ERROR,
                        Optional.of(fault.field()),
                        "It " + fault.detail() + "."));
        ApiKeysProvider.policyAttributeRecord(session, realm)
                .removed()
                .forEach(gone -> add(
                        faults,
                        "attribute-removed",
                        Severity.ERROR,
                        Optional.of(gone.attribute()),
                        "It was set and is gone. " + gone.effect()));
    }

    private void credits(ArrayNode faults) {
        String attribute = ChargingProvider.PRICE_ATTRIBUTE;
        if (ChargingProvider.of(session).isEmpty()
                && realm.getClientsStream().anyMatch(client -> client.getAttribute(attribute) != null)) {
            add(
                    faults,
                    "credits-missing",
                    Severity.WARNING,
                    Optional.of(attribute),
                    "A client has a price list, but the jar latchkey-credits is not installed. Calls are free.");
        }
    }

    /** @param attribute the attribute that the fault is about, if it is about one */
    private static void add(
            ArrayNode faults, String code, Severity severity, Optional<String> attribute, String detail) {
        faults.addObject()
                .put("code", code)
                .put("severity", severity.label())
                .put("attribute", attribute.orElse(null))
                .put("detail", detail);
    }

    private static String worst(ArrayNode faults) {
        String worst = "ok";
        for (var fault : faults) {
            String severity = fault.path("severity").asText();
            if (severity.equals(Severity.ERROR.label()) || worst.equals("ok")) {
                worst = severity;
            }
        }
        return worst;
    }

    private enum Severity {
        WARNING,
        ERROR;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
