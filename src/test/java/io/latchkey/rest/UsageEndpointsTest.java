package io.latchkey.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latchkey.key.KeyId;
import io.latchkey.model.DailyUsage;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class UsageEndpointsTest {

    @Test
    void eachKeyHasItsDays() {
        SortedMap<KeyId, List<DailyUsage>> usage = new TreeMap<>(Comparator.comparing(KeyId::value));
        usage.put(
                new KeyId("aBcDeFgHiJkL"),
                List.of(
                        new DailyUsage(LocalDate.parse("2030-01-30"), 0, 3),
                        new DailyUsage(LocalDate.parse("2030-01-31"), 42, 0)));

        String json = UsageEndpoints.json(usage).toString();

        assertEquals(
                "[{\"keyId\":\"aBcDeFgHiJkL\",\"days\":["
                        + "{\"day\":\"2030-01-30\",\"accepted\":0,\"rejected\":3},"
                        + "{\"day\":\"2030-01-31\",\"accepted\":42,\"rejected\":0}]}]",
                json);
    }
}
