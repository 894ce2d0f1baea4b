package io.latchkey.it;

import com.fasterxml.jackson.databind.JsonNode;
import io.latchkey.it.ApiClient.Answer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A realm with the paid APIs {@code rest} and {@code batch}, with {@code service}, which takes no credits, and {@code gateway},
 * which speaks for all of them.
 */
public final class PaidRealm implements AutoCloseable {

    public static final String PRICES = "GET /search/** 0.5; POST /batch 2; /health 0; 1";

    private final RealmFixture realm;
    private final RealmSetup setup;

    public PaidRealm(RealmFixture realm) {
        this.realm = realm;
        this.setup = new RealmSetup(realm);
    }

    static PaidRealm create() {
        PaidRealm paid = new PaidRealm(RealmFixture.create(Map.of("latchkey.max-keys", "100")));
        paid.api("rest", PRICES);
        paid.api("batch", "1");
        paid.setup.confidential("gateway", Map.of());
        paid.gateway("gateway");
        return paid;
    }

    /** That client may speak for any API. */
    public void gateway(String clientId) {
        setup.client(clientId, Map.of("attributes", Map.of("latchkey.gateway", "true")));
    }

    public void api(String clientId, String prices) {
        setup.confidential(clientId, Map.of("latchkey.credits.price", prices));
        setup.audience("app", clientId);
    }

    public RealmFixture realm() {
        return realm;
    }

    RealmSetup setup() {
        return setup;
    }

    /** A new user, and a key of that user. */
    public String keyOf(String username) {
        realm.user(username);
        return realm.createKey(username, "paid").text("key");
    }

    /** Sets an allowance by hand. */
    public Answer allow(String username, String api, Object credits, String refill) {
        return realm.master()
                .put(
                        realm.adminKeys() + "/allowances",
                        Map.of("owner", Map.of("name", username), "api", api, "credits", credits, "refill", refill));
    }

    /** What the API is told. */
    public JsonNode verify(String api, String key, Map<String, ?> more) {
        Map<String, Object> inquiry = new LinkedHashMap<>(more);
        inquiry.put("key", key);
        return realm.client(api)
                .post(realm.keys() + "/verify", inquiry)
                .expect(200)
                .json();
    }

    /** What the API is told about many calls at once. */
    public Answer verifyAll(String api, List<? extends Map<String, ?>> inquiries) {
        return realm.client(api).post(realm.keys() + "/verify/batch", Map.of("requests", inquiries));
    }

    /** @param how settle or release */
    public Answer endAll(String api, String how, List<String> reservations) {
        List<Map<String, String>> list =
                reservations.stream().map(id -> Map.of("reservation", id)).toList();
        return realm.client(api).post(realm.keys() + "/credits/" + how + "/batch", Map.of("requests", list));
    }

    /** The reservation that a call gets which can be paid. */
    public String reserve(String api, String key, Map<String, ?> more) {
        JsonNode verdict = verify(api, key, more);
        if (!verdict.path("valid").asBoolean()) {
            throw new AssertionError(verdict.toString());
        }
        return verdict.at("/credits/reservation").asText();
    }

    public Answer settle(String api, Map<String, ?> body) {
        return realm.client(api).post(realm.keys() + "/credits/settle", body);
    }

    public Answer release(String api, String reservation) {
        return realm.client(api).post(realm.keys() + "/credits/release", Map.of("reservation", reservation));
    }

    Answer forwardAuth(String key, String query, Map<String, String> headers) {
        ApiClient gateway = realm.anyone().with("X-API-Key", key);
        for (Map.Entry<String, String> header : headers.entrySet()) {
            gateway = gateway.with(header.getKey(), header.getValue());
        }
        return gateway.get(realm.keys() + "/forward-auth" + query);
    }

    /** The ledger, latest period first. */
    List<JsonNode> ledger(String query) {
        Answer answer =
                realm.master().get(realm.adminKeys() + "/allowances" + query).expect(200);
        List<JsonNode> rows = new ArrayList<>();
        answer.json().forEach(rows::add);
        return rows;
    }

    /** How a figure of the only row at that API stands, exactly. */
    public BigDecimal at(String api, String figure) {
        List<JsonNode> rows = ledger("?api=" + api);
        if (rows.size() != 1) {
            throw new AssertionError(rows.toString());
        }
        return new BigDecimal(rows.get(0).path(figure).asText());
    }

    @Override
    public void close() {
        realm.close();
    }
}
