package io.latchkey.credits.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.ApiKeysProvider;
import io.latchkey.credits.ledger.CreditAccount;
import io.latchkey.credits.ledger.CreditAdminStore;
import io.latchkey.credits.ledger.CreditBalance;
import io.latchkey.credits.ledger.CreditPeriod;
import io.latchkey.credits.ledger.LedgerRowBalance.Totals;
import io.latchkey.credits.pricing.AllowanceResolver;
import io.latchkey.model.Allowance;
import io.latchkey.model.CreditAmount;
import io.latchkey.model.RefillInterval;
import io.latchkey.rest.ChargeJson;
import io.latchkey.rest.OwnerJson;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Reports the credit balances of owners by API as JSON. */
public final class CreditBalanceReport {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final ApiKeysProvider apiKeysProvider;

    public CreditBalanceReport(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.apiKeysProvider = ApiKeysProvider.of(session);
    }

    /** The current period of one owner at every API that a plan, an administrator's allowance or the ledger names. */
    public ArrayNode of(UserModel owner) {
        Map<String, Allowance> manual = new CreditAdminStore(session).allowances(realm.getId(), owner.getId());
        Map<String, List<CreditBalance>> ledger = ledger(owner).stream()
                .collect(Collectors.groupingBy(row -> row.account().apiId()));
        Set<String> known = new HashSet<>(manual.keySet());
        known.addAll(ledger.keySet());
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (ClientModel api : apis(owner, known)) {
            Allowance allowance = Optional.ofNullable(manual.get(api.getId()))
                    .orElseGet(() -> AllowanceResolver.fromPlans(owner, api));
            CreditAccount account = AllowanceResolver.account(realm, owner, api);
            CreditBalance balance = balance(account, allowance, ledger.getOrDefault(api.getId(), List.of()));
            list.add(json(balance).put("allowance", allowance.toString()));
        }
        return list;
    }

    private Set<ClientModel> apis(UserModel owner, Set<String> known) {
        return Stream.concat(
                        AllowanceResolver.apisInPlans(owner).stream().map(realm::getClientByClientId),
                        known.stream()
                                .map(realm::getClientById)
                                .filter(Objects::nonNull)
                                .sorted(Comparator.comparing(ClientModel::getClientId)))
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Balances of the current day, month and all time: the allowance decides which one applies. */
    private List<CreditBalance> ledger(UserModel owner) {
        Set<String> periods = Arrays.stream(RefillInterval.values())
                .map(this::currentPeriod)
                .map(CreditPeriod::label)
                .collect(Collectors.toSet());
        return new CreditAdminStore(session).balances(realm.getId(), owner.getId(), periods);
    }

    private CreditPeriod currentPeriod(RefillInterval refillInterval) {
        return CreditPeriod.of(
                refillInterval,
                apiKeysProvider.policy(realm).timeZone(),
                apiKeysProvider.clock().instant());
    }

    /** The balance at one API, also before the first call. */
    private CreditBalance balance(CreditAccount account, Allowance allowance, List<CreditBalance> periods) {
        CreditPeriod now = currentPeriod(allowance.refillInterval());
        return periods.stream()
                .filter(row -> row.period().equals(now.label()))
                .findFirst()
                .orElseGet(() -> new CreditBalance(account, now.label(), now.end(), Totals.NONE))
                .withAllowance(allowance);
    }

    /** Without the owner. */
    public ObjectNode json(CreditBalance balance) {
        ClientModel api = realm.getClientById(balance.account().apiId());
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("api", api == null ? null : api.getClientId())
                .put("period", balance.period())
                .put("resetsAt", balance.end().map(Instant::toString).orElse(null));
        Totals totals = balance.totals();
        ChargeJson.put(json, "granted", new CreditAmount(totals.granted()));
        ChargeJson.put(json, "toppedUp", new CreditAmount(totals.toppedUp()));
        ChargeJson.put(json, "spent", new CreditAmount(totals.spent()));
        ChargeJson.put(json, "leased", new CreditAmount(totals.leased()));
        ChargeJson.put(json, "writtenOff", new CreditAmount(totals.writtenOff()));
        return ChargeJson.put(json, "remaining", balance.remaining());
    }

    /** With the owner: a person by the user, a service account by its client. */
    public ObjectNode withOwner(CreditBalance balance) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("owner", OwnerJson.of(session, balance.account().ownerId()));
        return json.setAll(json(balance));
    }
}
