package io.latchkey.credits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.latchkey.key.KeyId;
import io.latchkey.model.Allowance;
import io.latchkey.model.CreditAccount;
import io.latchkey.model.CreditLedger;
import io.latchkey.model.Credits;
import io.latchkey.model.PaidUses;
import io.latchkey.model.ReservationId;
import io.latchkey.model.Settlement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;

/** The credits of all owners as one node charges them: from memory, with what it has borrowed of the ledger. */
public final class NodeCredits {

    private static final Logger LOG = Logger.getLogger(NodeCredits.class);
    private static final int BATCH = 50;

    private static final int REMEMBERED = 200_000;
    /** Reservations of one node that nobody has ended yet. */
    private static final int MOST_OPEN = 500_000;

    private final String node = ReservationId.newNode();
    private final CreditLedger ledger;
    private final Clock clock;
    private final Exchange exchange;
    private final Recorder recorder;
    private final Purses purses;
    private final KnownAccounts accounts;
    private final Cache<ReservationId, Settlement> ended = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterWrite(Duration.ofMinutes(10))
            .build();
    private List<ReservationId> heard = List.of();
    private volatile int open;
    private volatile boolean stopped;

    /**
     * @param background where is borrowed ahead of need
     * @param life of a reservation
     * @param uses learns how calls end
     */
    public NodeCredits(CreditLedger ledger, Executor background, Clock clock, Duration life, PaidUses uses) {
        this.ledger = ledger;
        this.clock = clock;
        this.exchange = new Exchange(node, ledger, clock);
        this.recorder = new Recorder(ledger, exchange);
        this.purses = new Purses(node, ledger, exchange, background, clock, life, uses);
        this.accounts = new KnownAccounts(ledger, exchange);
    }

    /**
     * Sets the price of a call aside.
     *
     * @param allowance what the owner may spend there now
     * @param zone whose days and months count
     * @param key that the call is made with, if it is
     */
    public Charge charge(CreditAccount account, Allowance allowance, ZoneId zone, Credits cost, Optional<KeyId> key) {
        try {
            if (stopped || open > MOST_OPEN) {
                throw new IllegalStateException(stopped ? "The node stops" : "Too many reservations are open");
            }
            Wallet wallet = purses.wallet(account, allowance, zone);
            Optional<Charge> paid = purses.pay(wallet, cost, key);
            if (paid.isEmpty() && wallet.purse().isClosed()) {
                // It was put away between two lines.
                return charge(purses.wallet(account, allowance, zone), cost, key);
            }
            return paid.orElseGet(() -> exhausted(wallet, cost));
        } catch (RuntimeException unreachable) {
            return unavailable(cost, unreachable);
        }
    }

    /** The same from memory alone, which may settle it, too; empty where that is not enough. */
    Optional<Charge> chargeAtOnce(
            CreditAccount account, Allowance allowance, Credits cost, Optional<KeyId> key, boolean settled) {
        return stopped || open > MOST_OPEN
                ? Optional.empty()
                : purses.payAtOnce(account, allowance, cost, key, settled);
    }

    private Charge charge(Wallet wallet, Credits cost, Optional<KeyId> key) {
        return purses.pay(wallet, cost, key).orElseGet(() -> exhausted(wallet, cost));
    }

    private static Charge exhausted(Wallet wallet, Credits cost) {
        return new Charge.Exhausted(cost, wallet.standing());
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
        LOG.debugf(unreachable, "Credits cannot be charged");
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
        Map<ReservationId, Settlement> elsewhere = new LinkedHashMap<>();
        wishes.stream().filter(wish -> !isOurs(wish)).forEach(wish -> elsewhere.putIfAbsent(wish.id(), wish));
        Map<ReservationId, Ending> recorded =
                elsewhere.isEmpty() ? Map.of() : record(realmId, List.copyOf(elsewhere.values()));
        return wishes.stream()
                .map(wish -> isOurs(wish) ? end(realmId, wish) : recorded.getOrDefault(wish.id(), new Ending.Unknown()))
                .toList();
    }

    private boolean isOurs(Settlement wish) {
        return wish.id().node().equals(node);
    }

    private Ending end(String realmId, Settlement wish) {
        ReservationId id = wish.id();
        Optional<Purse> purse = purses.find(id.creditId());
        if (purse.filter(found -> !found.account().realmId().equals(realmId)).isPresent()) {
            return new Ending.Unknown();
        }
        // At once for all who ask about the same one.
        Settlement settlement = ended.get(
                id,
                none -> purse.filter(found -> found.end(wish)).map(done -> wish).orElse(null));
        return settlement == null ? new Ending.Unknown() : new Ending.Ended(settlement);
    }

    private Map<ReservationId, Ending> record(String realmId, List<Settlement> wishes) {
        Map<ReservationId, Ending> endings = new HashMap<>();
        try {
            recorder.record(realmId, wishes)
                    .forEach(standing -> endings.put(standing.id(), new Ending.Recorded(standing)));
        } catch (RuntimeException unreachable) {
            LOG.debugf(unreachable, "The end of reservations cannot be recorded");
            wishes.forEach(wish -> endings.put(wish.id(), new Ending.Unavailable()));
        }
        return endings;
    }

    /** Does what is due: hears of settlements at other nodes, ends what is overdue, and reports. */
    public synchronized void tick() {
        if (stopped) {
            return;
        }
        Instant now = clock.instant();
        open = purses.all().stream().mapToInt(Purse::reservations).sum();
        if (open > 0) {
            collect();
            expire(now);
        }
        List<Purse> due =
                purses.all().stream().filter(purse -> purse.isDue(now)).toList();
        exchange.reportAll(due, purse -> purse.returning(clock.instant()));
        purses.tidy();
    }

    /** Gives back all that is not reserved, and leaves the rest to other nodes. Nothing is charged here afterwards. */
    public synchronized void stop() {
        stopped = true;
        collect();
        exchange.reportAll(List.copyOf(purses.all()), Purse::leaving);
        // Those that a call was just bringing to the ledger.
        purses.all()
                .forEach(
                        purse -> exchange.report(purse, () -> purse.isClosed() ? List.of() : List.of(purse.leaving())));
    }

    /** Until there is nothing new. What was heard is said with the next question, so that no lost answer hides anything. */
    private void collect() {
        List<Settlement> told;
        do {
            told = ledger.collect(node, heard);
            told.forEach(this::apply);
            heard = told.stream().map(Settlement::id).toList();
        } while (!told.isEmpty());
    }

    public boolean isEmpty() {
        return purses.all().isEmpty();
    }

    private void expire(Instant now) {
        List<Settlement> overdue = new ArrayList<>();
        purses.all().forEach(purse -> purse.overdue(now).forEach(id -> overdue.add(Settlement.expired(id))));
        for (int from = 0; from < overdue.size(); from += BATCH) {
            ledger.record(overdue.subList(from, Math.min(from + BATCH, overdue.size())))
                    .forEach(this::apply);
        }
    }

    private void apply(Settlement settlement) {
        purses.find(settlement.id().creditId())
                .ifPresent(purse -> ended.get(settlement.id(), none -> purse.end(settlement) ? settlement : null));
    }
}
