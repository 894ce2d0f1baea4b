package io.latchkey.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.ApiKeysProvider;
import io.latchkey.credits.AllowanceResolver;
import io.latchkey.model.Allowance;
import io.latchkey.model.CreditAccount;
import io.latchkey.model.CreditBalance;
import io.latchkey.model.CreditPeriod;
import io.latchkey.model.LedgerEntry.Totals;
import io.latchkey.model.Refill;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** How owners stand at APIs, as the ledger says. */
public final class CreditReport {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final ApiKeysProvider apiKeysProvider;

    public CreditReport(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.apiKeysProvider = ApiKeysProvider.of(session);
    }

    /** The present period of one owner, at every API that plans, an administrator or the ledger of now name. */
    public ArrayNode of(UserModel owner) {
        Map<String, Allowance> byHand = apiKeysProvider.creditStore().allowances(realm.getId(), owner.getId());
        Map<String, List<CreditBalance>> ledger = ledger(owner).stream()
                .collect(Collectors.groupingBy(row -> row.account().apiId()));
        Set<String> known = new HashSet<>(byHand.keySet());
        known.addAll(ledger.keySet());
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (ClientModel api : apis(owner, known)) {
            Allowance allowance =
                    Optional.ofNullable(byHand.get(api.getId())).orElseGet(() -> AllowanceResolver.byPlan(owner, api));
            CreditAccount account = AllowanceResolver.account(realm, owner, api);
            CreditBalance balance = balance(account, allowance, ledger.getOrDefault(api.getId(), List.of()));
            list.add(json(balance).put("allowance", allowance.toString()));
        }
        return list;
    }

    private Set<ClientModel> apis(UserModel owner, Set<String> known) {
        Set<ClientModel> apis = new LinkedHashSet<>();
        AllowanceResolver.namedByPlans(owner).stream()
                .map(realm::getClientByClientId)
                .filter(api -> api != null)
                .forEach(apis::add);
        known.stream()
                .map(realm::getClientById)
                .filter(api -> api != null)
                .sorted(Comparator.comparing(ClientModel::getClientId))
                .forEach(apis::add);
        return apis;
    }

    /** Of days, months and all time, at all APIs: which of them counts is for the allowance to say. */
    private List<CreditBalance> ledger(UserModel owner) {
        Set<String> periods = Arrays.stream(Refill.values())
                .map(this::now)
                .map(CreditPeriod::label)
                .collect(Collectors.toSet());
        return apiKeysProvider.creditStore().balances(realm.getId(), owner.getId(), periods);
    }

    private CreditPeriod now(Refill refill) {
        return CreditPeriod.of(
                refill,
                apiKeysProvider.policy(realm).timeZone(),
                apiKeysProvider.clock().instant());
    }

    /** How an owner stands at an API now, also where no call was made yet. */
    private CreditBalance balance(CreditAccount account, Allowance allowance, List<CreditBalance> periods) {
        CreditPeriod now = now(allowance.refill());
        return periods.stream()
                .filter(row -> row.period().equals(now.label()))
                .findFirst()
                .map(found -> with(found, allowance))
                .orElseGet(() -> new CreditBalance(account, now.label(), now.end(), unused(allowance)));
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
