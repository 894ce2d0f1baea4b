package io.latchkey.forwardauth;

import io.latchkey.charging.MethodAndPath;
import io.latchkey.http.RequestReader;
import io.latchkey.model.CreditAmount;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;

/** Answers the authorization requests of nginx, Caddy, Traefik, HAProxy and similar gateways. */
public final class ForwardAuthResource {

    private static final Set<List<String>> FLAG = Set.of(List.of(), List.of("true"), List.of("false"));

    private static final Set<String> PARAMETERS = Set.of("audience", "cost", "settle", "dryRun");

    private final KeycloakSession session;

    public ForwardAuthResource(KeycloakSession session) {
        this.session = session;
    }

    @GET
    public Response get() {
        return decide();
    }

    /** Without this method the framework answers 200, which a gateway that keeps the method takes for permission. */
    @OPTIONS
    public Response options() {
        return decide();
    }

    private Response decide() {
        Optional<String> unknown = parameters().keySet().stream()
                .filter(name -> !PARAMETERS.contains(name))
                .findFirst();
        if (unknown.isPresent()) {
            // A misspelt audience must not permit every API.
            return new ForwardAuthResult.Forbidden("There is no parameter " + unknown.get() + ".").toResponse();
        }
        List<String> audience = query("audience");
        List<String> cost = query("cost");
        Optional<CreditAmount> named = cost.stream().findFirst().flatMap(CreditAmount::parse);
        if (audience.size() > 1) {
            return new ForwardAuthResult.Forbidden("More than one audience was asked for.").toResponse();
        }
        if (cost.size() > 1 || cost.size() == 1 && named.isEmpty()) {
            return new ForwardAuthResult.Forbidden("The cost must be a number with at most 6 decimals.").toResponse();
        }
        if (Stream.of("settle", "dryRun").map(this::query).anyMatch(flag -> !FLAG.contains(flag))) {
            // A misspelt flag must not make every call free.
            return new ForwardAuthResult.Forbidden("settle and dryRun must be true or false.").toResponse();
        }
        PricingOptions price =
                new PricingOptions(named, this::call, PricingOptions::call, isSet("settle"), isSet("dryRun"));
        return new ForwardAuthService(session, audience.stream().findFirst(), price).respond();
    }

    private MethodAndPath call() {
        return PricingOptions.call(new RequestReader(session)::onlyHeader);
    }

    private boolean isSet(String flag) {
        return query(flag).contains("true");
    }

    private List<String> query(String name) {
        return parameters().getOrDefault(name, List.of());
    }

    private MultivaluedMap<String, String> parameters() {
        return session.getContext().getHttpRequest().getUri().getQueryParameters();
    }
}
