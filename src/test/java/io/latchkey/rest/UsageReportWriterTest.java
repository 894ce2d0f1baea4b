package io.latchkey.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.key.KeyId;
import io.latchkey.model.CreditAmount;
import io.latchkey.model.UsageCounterId;
import io.latchkey.model.UsageGrouping;
import io.latchkey.model.UsageGrouping.Dimension;
import io.latchkey.model.UsageGrouping.Grain;
import io.latchkey.model.UsageSum;
import io.latchkey.model.UsageSum.Place;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class UsageReportWriterTest {

    private static final Instant DAY = Instant.parse("2030-01-31T00:00:00Z");
    private static final UsageSum.Paid PAID = new UsageSum.Paid(3, 2, 1, new CreditAmount(1_500_001));

    @Test
    void aSumNamesAllThatItIsAddedUpBy() {
        UsageSum sum = sum(Optional.of("o"), Optional.of("a"));

        String json = table(Grain.DAY, EnumSet.allOf(Dimension.class))
                .json(List.of(sum), Map.of(sum.place(), new TreeMap<>(Map.of("api_key_expired", 4L))))
                .toString();

        assertEquals(
                "[{\"keyId\":\"aBcDeFgHiJkL\",\"owner\":{\"type\":\"user\",\"id\":\"o\",\"name\":\"=o\"},\"api\":\"client a\","
                        + "\"day\":\"2030-01-31\",\"accepted\":6,\"rejected\":{\"api_key_expired\":4},"
                        + "\"settled\":3,\"released\":2,\"expired\":1,\"credits\":1.500001}]",
                json);
    }

    @Test
    void aSumOfEverythingNamesItsTimeOnly() {
        UsageSum sum = new UsageSum(
                new Place(DAY, Optional.empty(), Optional.empty(), Optional.empty()), Optional.empty(), 6, 0, PAID);

        assertEquals(
                "hour,accepted,rejected,settled,released,expired,credits\r\n2030-01-31T00:00:00Z,6,0,3,2,1,1.500001\r\n",
                table(Grain.HOUR, Set.of()).csv(List.of(sum)));
    }

    @Test
    void aLineHasTheNamesThatPeopleChoseAsTextOnly() {
        assertEquals(
                "day,keyId,keyName,ownerType,ownerId,ownerName,api,accepted,rejected,settled,released,expired,credits\r\n"
                        + "2030-01-31,aBcDeFgHiJkL,'@k,user,o,'=o,client a,6,4,3,2,1,1.500001\r\n",
                table(Grain.DAY, EnumSet.allOf(Dimension.class)).csv(List.of(sum(Optional.of("o"), Optional.of("a")))));
    }

    @Test
    void aUseAtNoApiHasNone() {
        UsageSum sum = sum(Optional.of("o"), Optional.of(UsageCounterId.NO_API));
        UsageReportWriter table = table(Grain.DAY, Set.of(Dimension.API));

        assertEquals("null", table.json(List.of(sum), Map.of()).at("/0/api").toString());
        assertEquals("2030-01-31,,6,4,3,2,1,1.500001", table.csv(List.of(sum)).split("\r\n")[1]);
    }

    private static UsageSum sum(Optional<String> owner, Optional<String> api) {
        Place place = new Place(DAY, Optional.of(new KeyId("aBcDeFgHiJkL")), owner, api);
        return new UsageSum(place, Optional.of("@k"), 6, 4, PAID);
    }

    private static UsageReportWriter table(Grain grain, Set<Dimension> by) {
        return new UsageReportWriter(
                new UsageGrouping(grain, by),
                UsageReportWriterTest::owner,
                id -> id.isEmpty() ? Optional.empty() : Optional.of("client " + id));
    }

    private static ObjectNode owner(String id) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", "user")
                .put("id", id)
                .put("name", "=" + id);
    }
}
