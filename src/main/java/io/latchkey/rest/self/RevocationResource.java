package io.latchkey.rest.self;

import io.latchkey.ApiKeysProvider;
import io.latchkey.http.Problem;
import io.latchkey.http.RequestReader;
import io.latchkey.key.KeyKind;
import io.latchkey.keys.KeyRevocation;
import io.latchkey.model.ApiKey;
import io.latchkey.model.Revocation;
import io.latchkey.rest.SslAndRealmCheck;
import io.latchkey.verify.KeyIdentification;
import io.latchkey.verify.Reason;
import io.latchkey.verify.Verification.Rejected;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.keycloak.events.Errors;
import org.keycloak.headers.SecurityHeadersProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.cors.Cors;

/** Revokes a key for its holder as RFC 7009 describes it. The key may have any state, and the response reveals nothing. */
public final class RevocationResource {

    private static final String TOKEN = "token";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final ApiKeysProvider apiKeysProvider;
    private final HolderChangeGuard holder;

    public RevocationResource(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.apiKeysProvider = ApiKeysProvider.of(session);
        this.holder = new HolderChangeGuard(session);
    }

    @OPTIONS
    public Response preflight() {
        return Cors.builder().preflight().allowedMethods("POST").add(Response.ok());
    }

    @POST
    public Response revoke() {
        // Any page may read the answer: there is nothing in it.
        Cors.builder().allowAllOrigins().add();
        return SslAndRealmCheck.closed(session)
                .map(Problem::toResponse)
                .orElseGet(() -> new RequestReader(session).form(this::revoke));
    }

    private Response revoke(MultivaluedMap<String, String> form) {
        List<String> sent = form.getOrDefault(TOKEN, List.of());
        if (sent.size() != 1 || sent.get(0).isBlank()) {
            return Problem.badRequest(TOKEN, "must be given once").toResponse();
        }
        String presented = sent.get(0);
        return holder.change(Optional.of(presented), () -> end(presented));
    }

    private Response end(String presented) {
        KeyIdentification keyIdentification = apiKeysProvider.verifier().identify(realm, presented);
        if (keyIdentification instanceof KeyIdentification.Nothing nothing) {
            refused(nothing.rejected());
        } else {
            end(((KeyIdentification.Key) keyIdentification).key());
        }
        session.getProvider(SecurityHeadersProvider.class).options().allowEmptyContentType();
        return Response.ok().header("Cache-Control", "no-store").build();
    }

    private void end(ApiKey key) {
        if (key.prefix().kind() == KeyKind.PUBLISHABLE) {
            // Everybody can read it in a page; that must not be enough to stop the page.
            refused(new Rejected(Reason.PUBLISHABLE, Optional.of(key)));
        } else {
            apiKeysProvider.change(
                    holder::audit,
                    context -> new KeyRevocation(context).revoke(key.id(), Revocation.Reason.HOLDER, version -> true));
        }
    }

    private void refused(Rejected rejected) {
        apiKeysProvider.rejectedUses().record(holder.failure("revoke"), rejected, Errors.INVALID_TOKEN);
    }
}
