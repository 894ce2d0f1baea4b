package io.latchkey.introspection;

import io.latchkey.charging.MethodAndPath;
import io.latchkey.http.JsonFields;
import io.latchkey.model.AddressRange;
import io.latchkey.model.CreditAmount;
import io.latchkey.model.WebOrigin;
import io.latchkey.verify.KeyUseRequest;
import io.latchkey.verify.Purpose;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Holds one request to the verify endpoint.
 *
 * @param audience client id of the API; empty for the caller itself
 * @param scopes that the key has to carry, all of them
 * @param address of the API's caller
 * @param purpose what it is asked for
 */
record VerifyRequest(
        String presented,
        Optional<String> audience,
        List<String> scopes,
        Optional<String> address,
        Optional<String> origin,
        Price price,
        Purpose purpose) {

    private static final int MAX_NAME_LENGTH = 255;
    private static final int MAX_SCOPE_LENGTH = 1000;
    private static final int MAX_ADDRESS_LENGTH = 64;
    private static final int MAX_METHOD_LENGTH = 20;
    private static final CreditAmount MAX_COST = CreditAmount.of(1_000_000_000);
    private static final int MAX_PATH_LENGTH = 8192;

    /** Adds what is wrong to the errors of the fields; the result is then of no use. */
    static VerifyRequest read(JsonFields fields) {
        String presented = fields.required("key", fields.raw("key")).orElse("");
        Optional<String> audience = fields.text("audience", 1, MAX_NAME_LENGTH).given();
        List<String> scopes = fields.text("scope", 1, MAX_SCOPE_LENGTH)
                .given()
                .map(text -> Arrays.asList(text.split(" +")))
                .orElse(List.of());
        Optional<String> ip = fields.text("ip", 1, MAX_ADDRESS_LENGTH).given();
        Optional<String> address = ip.flatMap(AddressRange::single);
        if (ip.isPresent() && address.isEmpty()) {
            fields.reject("ip", AddressRange.SINGLE_FAULT);
        }
        Optional<String> page = fields.text("origin", 1, MAX_NAME_LENGTH).given();
        Optional<String> origin = page.flatMap(WebOrigin::parse).map(WebOrigin::text);
        if (page.isPresent() && origin.isEmpty()) {
            fields.reject("origin", WebOrigin.FAULT);
        }
        boolean dry = fields.flag("dryRun").given().orElse(false);
        Purpose purpose = dry ? Purpose.DRY_RUN : Purpose.USE;
        return new VerifyRequest(presented, audience, scopes, address, origin, price(fields), purpose);
    }

    private static Price price(JsonFields fields) {
        Optional<String> method = fields.text("method", 1, MAX_METHOD_LENGTH).given();
        Optional<String> path = fields.text("path", 1, MAX_PATH_LENGTH).given();
        return new Price(
                fields.credits("cost", MAX_COST).given(),
                MethodAndPath.of(method, path),
                fields.flag("settle").given().orElse(false));
    }

    /**
     * The price of the call.
     *
     * @param named by the caller, in place of the price list of the API
     * @param settled whether to charge at once, without a later settlement
     */
    record Price(Optional<CreditAmount> named, MethodAndPath call, boolean settled) {}

    /** @param at client id of the API at which the key is used */
    KeyUseRequest request(String at) {
        return KeyUseRequest.of(presented, address, origin)
                .orPublishable()
                .at(List.of(at))
                .needing(scopes)
                .as(purpose);
    }
}
