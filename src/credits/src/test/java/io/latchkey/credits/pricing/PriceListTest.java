package io.latchkey.credits.pricing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.charging.MethodAndPath;
import io.latchkey.model.CreditAmount;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PriceListTest {

    private static final PriceList LIST = PriceList.parse(
            "GET /health 0; GET /search/** 0.5\n/batch/*/rows 2.000001;POST /batch 7 ; * /files/** 3; 1");

    @ParameterizedTest
    @CsvSource({
        "GET,/health,0",
        "GET,/health/,0",
        "GET,/health?deep=true,0",
        "POST,/health,1",
        "GET,/search,0.5",
        "get,/search/a/b,0.5",
        "GET,/searching,1",
        "GET,/s%65arch/x,0.5",
        "PUT,/batch/17/rows,2.000001",
        "PUT,/batch/17/rows/1,1",
        "POST,/batch,7",
        "DELETE,/files/a+b,3",
        "DELETE,/files/a%20b,3",
        "GET,/,1"
    })
    void theFirstLineThatFitsIsThePrice(String method, String target, String price) {
        assertEquals(price, price(method, target));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/search/../batch",
                "/search/%2e%2e/batch",
                "/search//x",
                "/search;v=1/x",
                "/search\\x",
                "/search%2fx",
                "/search/%252e",
                "/search/%zz",
                "/search/%ff",
                "/search/%c0%ae%c0%ae/batch",
                "/search#x",
                "/search%23x",
                "/search%3Fx",
                "/search%20",
                "search/x",
                "*",
                ""
            })
    void whatServersReadInDifferentWaysCostsTheMost(String target) {
        assertEquals("7", price("GET", target));
    }

    @Test
    void whatNobodyHasToldCostsTheMostUnlessItMakesNoDifference() {
        PriceList byMethod = PriceList.parse("GET /a 1; GET /b 5; 2");

        assertEquals(CreditAmount.of(5), byMethod.price(MethodAndPath.UNKNOWN));
        assertEquals(CreditAmount.of(5), byMethod.price(MethodAndPath.of(Optional.of("GET"), Optional.empty())));
        assertEquals(CreditAmount.of(5), byMethod.price(MethodAndPath.of(Optional.empty(), Optional.of("/a"))));
        assertEquals(CreditAmount.of(2), byMethod.price(MethodAndPath.of(Optional.empty(), Optional.of("/c"))));
        assertEquals(CreditAmount.of(2), byMethod.price(MethodAndPath.of(Optional.of("POST"), Optional.empty())));
        assertEquals(CreditAmount.of(3), PriceList.parse("3").price(MethodAndPath.UNKNOWN));
    }

    @Test
    void whereAllCallsCostTheSameNobodyAsksForTheCall() {
        Supplier<MethodAndPath> nobody = () -> {
            throw new AssertionError("Asked for the call");
        };

        assertEquals(CreditAmount.of(3), PriceList.parse("3").price(nobody));
        assertEquals(CreditAmount.of(3), PriceList.parse("3; GET /a 5").price(nobody));
        assertEquals(CreditAmount.of(1), PriceList.parse("wrong").price(nobody));
    }

    @Test
    void withoutADefaultWhatFitsNothingCostsTheMost() {
        PriceList list = PriceList.parse("GET /a 1; GET /b 5");

        assertTrue(list.isValid());
        assertEquals(CreditAmount.of(5), list.price(MethodAndPath.of(Optional.of("GET"), Optional.of("/c"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET 1",
                "GET /a",
                "GET /a 1 2",
                "/a -1",
                "/a 1e3",
                "/a 0.0000001",
                "/a 9999999999999",
                "a/b 1",
                "/a/**/b 1",
                "/a* 1",
                "get /a 1",
                "/caf%C3%A9 1",
                "/export?all=true 1",
                "/a#b 1",
                "/a//b 1",
                "/a/../b 1",
                "/./a 1",
                "/a\\b 1",
                "; ;",
                "one"
            })
    void aListWithASlipMakesEveryCallCostTheMostItNamesAndAtLeastOne(String text) {
        PriceList list = PriceList.parse(text);

        assertFalse(list.isValid());
        assertEquals(CreditAmount.of(1), list.price(MethodAndPath.UNKNOWN));
        assertEquals(
                CreditAmount.of(8), PriceList.parse("8\n" + text + "\nwrong").price(MethodAndPath.UNKNOWN));
    }

    private static String price(String method, String target) {
        return LIST.price(MethodAndPath.of(Optional.of(method), Optional.of(target)))
                .toString();
    }
}
