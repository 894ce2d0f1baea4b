package io.latchkey.forwardauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.latchkey.charging.Charge;
import io.latchkey.charging.ChargeMode;
import io.latchkey.charging.ChargeResult;
import io.latchkey.charging.MethodAndPath;
import io.latchkey.credits.lease.CreditEngine;
import io.latchkey.credits.lease.RealmChargingService;
import io.latchkey.credits.pricing.AllowanceResolver;
import io.latchkey.credits.pricing.Price;
import io.latchkey.credits.pricing.PriceList;
import io.latchkey.fakes.MemoryLedger;
import io.latchkey.fakes.MemoryLedger.Trouble;
import io.latchkey.fakes.MovingClock;
import io.latchkey.fakes.RealmStub;
import io.latchkey.fakes.Stub;
import io.latchkey.keycloak.OwnerCache;
import io.latchkey.model.CreditAmount;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;

/** A call that is charged at once is let through only when it has been. */
class PricingOptionsTest {

    private final MovingClock clock = new MovingClock();
    private final MemoryLedger ledger = new MemoryLedger(clock);
    private final CreditEngine node = ledger.node();
    private final RealmStub realm = new RealmStub();
    private final ClientModel api = realm.narrowClient("api");
    private final UserModel owner = owner();
    private final Charge charge = charge(4);

    private static UserModel owner() {
        RoleModel plan = Stub.of(RoleModel.class)
                .with("isClientRole", false)
                .with("isComposite", false)
                .with("getFirstAttribute", "10/month")
                .answering("getCompositesStream", nothing -> Stream.of())
                .make();
        return Stub.of(UserModel.class)
                .with("getId", "owner")
                .answering("getRoleMappingsStream", nothing -> Stream.of(plan))
                .answering("getGroupsStream", nothing -> Stream.of())
                .make();
    }

    private Charge charge(int cost) {
        KeycloakSession session =
                Stub.of(KeycloakSession.class).with("realms", null).make();
        RealmModel model = realm.model();
        AllowanceResolver terms =
                new AllowanceResolver(new OwnerCache(session, clock, Duration.ZERO), node::manualAllowance, model);
        Charge made = new RealmChargingService(model, ZoneOffset.UTC, terms, node)
                .pendingCharge(
                        api,
                        new Price(Optional.of(CreditAmount.of(cost)), PriceList.parse("1")),
                        () -> MethodAndPath.UNKNOWN,
                        ChargeMode.RESERVE)
                .charge(owner, Optional.empty());
        assertInstanceOf(ChargeResult.Paid.class, made.result());
        return made;
    }

    @Test
    void whatIsChargedIsLetThrough() {
        ChargeResult result = assertInstanceOf(ForwardAuthResult.Allowed.class, pass())
                .charge()
                .orElseThrow()
                .result();

        assertEquals(
                Optional.empty(),
                assertInstanceOf(ChargeResult.Paid.class, result).reservation());
        node.tick();
        assertEquals(4_000_000, ledger.only().totals().spent());
    }

    @Test
    void whatTookTooLongAndCannotBePaidAnyMoreIsNot() {
        clock.advance(Duration.ofSeconds(61));
        node.tick();
        charge(7);

        assertInstanceOf(
                ChargeResult.Unavailable.class,
                assertInstanceOf(ForwardAuthResult.ChargeFailed.class, pass()).charge());
        assertEquals(Optional.empty(), charge.settle().repeatable());
    }

    @Test
    void norIsWhatWasLeftToALedgerThatIsAway() {
        node.stop();
        ledger.next(Trouble.NOT_HEARD);

        assertInstanceOf(ForwardAuthResult.ChargeFailed.class, pass());
    }

    @Test
    void whatTookTooLongAndIsPaidAllTheSameIsLetThrough() {
        clock.advance(Duration.ofSeconds(61));
        node.tick();

        assertInstanceOf(ForwardAuthResult.Allowed.class, pass());
    }

    private ForwardAuthResult pass() {
        PricingOptions price = new PricingOptions(
                Optional.empty(), () -> MethodAndPath.UNKNOWN, sent -> MethodAndPath.UNKNOWN, true, false);
        return price.paid(
                Optional.of(charge),
                new ForwardAuthResult.Allowed(Optional.empty(), owner, List.of(), Optional.empty(), Optional.empty()));
    }
}
