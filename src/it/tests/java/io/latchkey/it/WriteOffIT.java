package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A node is taken for dead, and is not. Its lease is written off past Keycloak. */
@NeedsCredits
class WriteOffIT {

    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

    @Test
    void ownersLearnThatAWriteOffIsUndone() {
        try (PaidRealm realm = PaidRealm.create();
                Database database = Database.open()) {
            String key = realm.keyOf("amy");
            realm.allow("amy", "rest", 100, "none").expect(200);
            String reservation = realm.reserve("rest", key, Map.of("cost", 5));

            BigDecimal lent = writeOff(database, realm);
            realm.settle("rest", Map.of("reservation", reservation, "cost", 2)).expect(200);

            Eventually.expect(() -> realm.setup().failures().stream()
                    .filter(event -> event.path("error").asText().equals("credits_write_off_undone"))
                    .map(event -> new BigDecimal(event.at("/details/credits").asText()))
                    .anyMatch(credits -> credits.compareTo(lent) == 0));
            assertEquals(0, realm.at("rest", "writtenOff").signum());
            assertEquals(0, realm.at("rest", "spent").compareTo(BigDecimal.valueOf(2)));
        }
    }

    private static BigDecimal writeOff(Database database, PaidRealm realm) {
        String owner = realm.ledger("?api=rest").get(0).at("/owner/id").asText();
        Map<String, String> row = database.rows("LATCHKEY_CREDIT").stream()
                .filter(each -> each.get("OWNER_ID").equals(owner))
                .findFirst()
                .orElseThrow();
        String id = row.get("ID");
        database.change("update LATCHKEY_LEASE set STATE = 'lost' where CREDIT_ID = '" + id + "'");
        database.change("update LATCHKEY_CREDIT set WRITTEN_OFF = LEASED, LEASED = 0 where ID = '" + id + "'");
        return new BigDecimal(row.get("LEASED")).divide(MILLION);
    }
}
