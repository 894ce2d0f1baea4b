package io.latchkey.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.Latchkey;
import io.latchkey.credits.CreditTerms;
import io.latchkey.model.Allowance;
import io.latchkey.model.CreditAccount;
import io.latchkey.model.CreditBalance;
import io.latchkey.model.CreditPeriod;
import io.latchkey.model.CreditQuery;
import io.latchkey.model.Credits;
import io.latchkey.model.LedgerEntry.Totals;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** How owners stand at APIs, as the ledger says. */
public final class CreditListing {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Latchkey latchkey;

    public CreditListing(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.latchkey = Latchkey.of(session);
    }

    /** The present period of one owner, at every API that plans, an administrator or the ledger of now name. */
    public ArrayNode of(UserModel owner) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        apis(owner).forEach(api -> list.add(present(owner, api)));
        return list;
    }

    private List<ClientModel> apis(UserModel owner) {
        Set<ClientModel> apis = new LinkedHashSet<>();
        CreditTerms.namedByPlans(owner).stream()
                .map(realm::getClientByClientId)
                .filter(api -> api != null)
                .forEach(apis::add);
        latchkey
                .creditStore()
                .apis(realm.getId(), owner.getId(), latchkey.clock().instant())
                .stream()
                .map(realm::getClientById)
                .filter(api -> api != null)
                .sorted(Comparator.comparing(ClientModel::getClientId))
                .forEach(apis::add);
        return List.copyOf(apis);
    }

    /** How an owner stands at an API now, also where no call was made yet. */
    private ObjectNode present(UserModel owner, ClientModel api) {
        Allowance allowance = allowance(owner, api);
        return json(balance(owner, api, allowance)).put("allowance", allowance.toString());
    }

    /** What was topped up in the present period. */
    public Credits toppedUp(UserModel owner, ClientModel api) {
        return balance(owner, api, allowance(owner, api)).toppedUp();
    }

    private Allowance allowance(UserModel owner, ClientModel api) {
        return latchkey.creditStore()
                .allowance(CreditTerms.account(realm, owner, api))
                .orElseGet(() -> CreditTerms.byPlan(owner, api));
    }

    private CreditBalance balance(UserModel owner, ClientModel api, Allowance allowance) {
        CreditAccount account = CreditTerms.account(realm, owner, api);
        Instant now = latchkey.clock().instant();
        CreditPeriod period =
                CreditPeriod.of(allowance.refill(), latchkey.policy(realm).timeZone(), now);
        CreditQuery query = new CreditQuery(
                realm.getId(), Optional.of(owner.getId()), Optional.of(api.getId()), Optional.of(period.label()));
        return latchkey.creditStore().find(query, 0, 1).stream()
                .findFirst()
                .map(found -> with(found, allowance))
                .orElseGet(() -> new CreditBalance(account, period.label(), period.end(), unused(allowance)));
    }

    private static Totals unused(Allowance allowance) {
        long micros = allowance.credits().micros();
        return new Totals(micros, 0, micros, 0, 0, 0);
    }

    /** As the next call will have it. */
    private static CreditBalance with(CreditBalance balance, Allowance allowance) {
        return new CreditBalance(
                balance.account(),
                balance.period(),
                balance.end(),
                balance.totals().granting(allowance));
    }

    /** Without the owner. */
    public ObjectNode json(CreditBalance balance) {
        ClientModel api = realm.getClientById(balance.account().apiId());
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("api", api == null ? null : api.getClientId())
                .put("period", balance.period())
                .put("resetsAt", balance.end().map(Instant::toString).orElse(null));
        CreditsJson.put(json, "granted", balance.granted());
        CreditsJson.put(json, "toppedUp", balance.toppedUp());
        CreditsJson.put(json, "spent", balance.spent());
        CreditsJson.put(json, "lent", balance.lent());
        CreditsJson.put(json, "writtenOff", balance.writtenOff());
        return CreditsJson.put(json, "remaining", balance.remaining());
    }

    /** Whose it is: a person by the user, a service account by its client. */
    public ObjectNode owned(CreditBalance balance) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("owner", OwnerJson.of(session, balance.account().ownerId()));
        return json.setAll(json(balance));
    }
}
