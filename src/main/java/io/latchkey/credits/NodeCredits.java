package io.latchkey.credits;

import io.latchkey.keycloak.ThrottledLog;
import io.latchkey.key.KeyId;
import io.latchkey.model.Allowance;
import io.latchkey.model.CreditAccount;
import io.latchkey.model.CreditLedger;
import io.latchkey.model.Credits;
import io.latchkey.model.PaidUses;
import io.latchkey.model.ReservationId;
import io.latchkey.model.Settlement;
import io.latchkey.model.Settlement.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** The credits of all owners as one node charges them: from memory, with what it has borrowed of the ledger. */
public final class NodeCredits {

    private static final ThrottledLog LOG = new ThrottledLog(Logger.getLogger(NodeCredits.class));
    /** Reservations of one node that nobody has ended yet: far more than of any owner. */
    private static final int MOST_OPEN = 1_000_000;

    private final String node = ReservationId.newNode();
    private final CreditLedger ledger;
    private final Exchange exchange;
    private final Recorder recorder;
    private final Purses purses;
    private final KnownAccounts accounts;
    private final Endings endings;
    private final NodeDuties duties;

    /**
     * @param background where is borrowed ahead of need
     * @param life of a reservation
     * @param uses learns how calls end
     */
    public NodeCredits(CreditLedger ledger, Executor background, Clock clock, Duration life, PaidUses uses) {
        this(ledger, background, clock, life, uses, MOST_OPEN);
    }

    /** @param mostOpen reservations, roughly, before there can be no other */
    NodeCredits(CreditLedger ledger, Executor background, Clock clock, Duration life, PaidUses uses, int mostOpen) {
        this.ledger = ledger;
        this.exchange = new Exchange(node, ledger, clock);
        this.recorder = new Recorder(ledger, exchange);
        this.purses = new Purses(node, ledger, exchange, background, clock, life, uses);
        this.accounts = new KnownAccounts(ledger, exchange);
        this.endings = new Endings(purses);
        this.duties = new NodeDuties(node, ledger, exchange, purses, endings, clock, mostOpen);
    }

    /**
     * Takes the price of a call.
     *
     * @param allowance what the owner may spend there now
     * @param zone whose days and months count
     */
    public Charge charge(CreditAccount account, Allowance allowance, ZoneId zone, Payment payment) {
        if (payment.cost().isZero()) {
            return free(account);
        }
        if (duties.isClosedFor(payment)) {
            return new Charge.Unavailable(payment.cost());
        }
        try {
            Wallet wallet = purses.wallet(account, allowance, zone);
            Optional<Charge> paid = purses.pay(wallet, payment);
            if (paid.isEmpty() && wallet.purse().isClosed()) {
                // It was put away between two lines.
                return charge(purses.wallet(account, allowance, zone), payment);
            }
            return paid.orElseGet(() -> refused(wallet, payment));
        } catch (RuntimeException unreachable) {
            return unavailable(payment.cost(), unreachable);
        }
    }

    /** Pays for more calls without waiting, as long as what is spent from now will do. */
    public StandingOrder order(
            CreditAccount account, Allowance allowance, Price price, Optional<KeyId> key, boolean settled) {
        return new StandingOrder(this, account, purses.open(account, allowance), price, key, settled);
    }

    /** From memory alone; empty where that is not enough. */
    Optional<Charge> chargeAtOnce(Wallet wallet, Payment payment) {
        return duties.isClosedFor(payment) ? Optional.empty() : purses.payAtOnce(wallet, payment);
    }

    /** A call that costs nothing needs no ledger, and can be made without. */
    Charge free(CreditAccount account) {
        return new Charge.Paid(Credits.ZERO, Optional.empty(), purses.standing(account));
    }

    private Charge charge(Wallet wallet, Payment payment) {
        return purses.pay(wallet, payment).orElseGet(() -> refused(wallet, payment));
    }

    private static Charge refused(Wallet wallet, Payment payment) {
        return !payment.settled() && wallet.purse().isFull()
                ? new Charge.Unavailable(payment.cost())
                : new Charge.Exhausted(payment.cost(), wallet.standing());
    }

    /** What charging it would lead to; nothing is charged. */
    public Charge quote(CreditAccount account, Allowance allowance, ZoneId zone, Credits cost) {
        try {
            Charge.Standing standing =
                    purses.refreshed(purses.wallet(account, allowance, zone)).standing();
            return standing.remaining().compareTo(cost) >= 0
                    ? new Charge.Paid(cost, Optional.empty(), standing)
                    : new Charge.Exhausted(cost, standing);
        } catch (RuntimeException unreachable) {
            return unavailable(cost, unreachable);
        }
    }

    /** What an administrator has set by hand, as the ledger says now. */
    Optional<Allowance> setByHand(CreditAccount account) {
        return exchange.inTurn(() -> ledger.allowance(account));
    }

    private static Charge unavailable(Credits cost, RuntimeException unreachable) {
        LOG.warn("Credits cannot be charged, so paid calls are answered 503", unreachable);
        return new Charge.Unavailable(cost);
    }

    /** Whose credits those ledger rows are about, by id; from memory, except for what was reserved at other nodes. */
    Map<String, CreditAccount> accounts(Set<String> creditIds) {
        Map<String, CreditAccount> found = new HashMap<>();
        creditIds.forEach(id -> purses.find(id).ifPresent(purse -> found.put(id, purse.account())));
        if (found.size() < creditIds.size()) {
            Set<String> others = new HashSet<>(creditIds);
            others.removeAll(found.keySet());
            found.putAll(accounts.of(others));
        }
        return found;
    }

    /** Ends reservations of this or other nodes; an answer to each. */
    public List<Ending> end(String realmId, List<Settlement> wishes) {
        Map<ReservationId, Ending> answers = new HashMap<>();
        Map<ReservationId, Settlement> unknown = new LinkedHashMap<>();
        for (Settlement wish : wishes) {
            Optional<Ending> ending = isOurs(wish.id()) ? endings.end(realmId, wish) : Optional.empty();
            ending.ifPresentOrElse(known -> answers.put(wish.id(), known), () -> unknown.putIfAbsent(wish.id(), wish));
        }
        if (!unknown.isEmpty()) {
            answers.putAll(record(realmId, List.copyOf(unknown.values())));
        }
        return wishes.stream()
                .map(wish -> answers.getOrDefault(wish.id(), new Ending.Unknown()))
                .toList();
    }

    private boolean isOurs(ReservationId id) {
        return id.node().equals(node);
    }

    private Map<ReservationId, Ending> record(String realmId, List<Settlement> wishes) {
        Map<ReservationId, Settlement> now = new HashMap<>();
        try {
            recorder.record(realmId, wishes).forEach(standing -> now.put(standing.id(), standing));
        } catch (RuntimeException unreachable) {
            LOG.warn("The end of reservations cannot be recorded, so settling them is answered 503", unreachable);
            return wishes.stream().collect(Collectors.toMap(Settlement::id, wish -> new Ending.Unavailable()));
        }
        return wishes.stream()
                .filter(wish -> now.containsKey(wish.id()))
                .collect(Collectors.toMap(Settlement::id, wish -> recorded(realmId, wish, now.get(wish.id()))));
    }

    /** For a node of its own the ledger's word is what counts; another node may have heard otherwise before. */
    private Ending recorded(String realmId, Settlement wish, Settlement standing) {
        if (!isOurs(standing.id())) {
            return new Ending.Recorded(standing);
        }
        endings.apply(standing);
        boolean late = standing.outcome() == Outcome.EXPIRED && wish.outcome() == Outcome.SETTLED;
        Ending ended = new Ending.Ended(standing);
        return late ? endings.end(realmId, wish).orElse(ended) : ended;
    }

    /** Does what is due: hears of settlements at other nodes, ends what is overdue, and reports. */
    public void tick() {
        duties.tick();
    }

    /** Gives back all that is not reserved, and leaves the rest to other nodes. Nothing is charged here afterwards. */
    public void stop() {
        duties.stop();
    }

    public boolean isEmpty() {
        return purses.all().isEmpty();
    }
}
