package io.latchkey.credits;

import io.latchkey.keycloak.ThrottledLog;
import io.latchkey.model.Allowance;
import io.latchkey.model.CreditAccount;
import io.latchkey.model.CreditLedger;
import io.latchkey.model.CreditPeriod;
import io.latchkey.model.Credits;
import io.latchkey.model.PaidUses;
import io.latchkey.model.Settlement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** All that one node has borrowed, and those who spend from it. */
final class Purses {

    private static final ThrottledLog LOG = new ThrottledLog(Logger.getLogger(Purses.class));
    private static final int ATTEMPTS = 3;
    private static final int STRIPES = 64;

    private final String node;
    private final CreditLedger ledger;
    private final Exchange exchange;
    private final Executor background;
    private final Clock clock;
    private final Duration life;
    private final PaidUses uses;
    private final Map<CreditAccount, Wallet> current = new ConcurrentHashMap<>();
    private final NextPeriods next;
    private final Map<String, Purse> all = new ConcurrentHashMap<>();
    private final List<ReentrantLock> openings =
            Stream.generate(ReentrantLock::new).limit(STRIPES).toList();
    private volatile boolean stopped;

    /**
     * @param background where is borrowed ahead of need
     * @param life of a reservation
     * @param uses learns how calls end
     */
    Purses(
            String node,
            CreditLedger ledger,
            Exchange exchange,
            Executor background,
            Clock clock,
            Duration life,
            PaidUses uses) {
        this.node = node;
        this.ledger = ledger;
        this.exchange = exchange;
        this.next = new NextPeriods(exchange);
        this.background = background;
        this.clock = clock;
        this.life = life;
        this.uses = uses;
    }

    Wallet wallet(CreditAccount account, Allowance allowance, ZoneId zone) {
        Instant now = clock.instant();
        Wallet wallet = current.get(account);
        return wallet != null && wallet.isFor(allowance, zone, now) ? wallet : open(account, allowance, zone);
    }

    private Wallet open(CreditAccount account, Allowance allowance, ZoneId zone) {
        return Exchange.patiently(openings.get(Math.floorMod(account.hashCode(), STRIPES)), () -> {
            Instant now = clock.instant();
            Wallet before = current.get(account);
            if (before != null && before.isFor(allowance, zone, now)) {
                return before;
            }
            CreditPeriod period = CreditPeriod.of(allowance.refill(), zone, now);
            Wallet opened = next.take(account, period, allowance, now).orElseGet(() -> {
                Purse purse = purse(account, period, now);
                exchange.report(
                        purse,
                        () -> purse.isClosed() ? List.of() : List.of(purse.regranting(allowance, clock.instant())));
                return new Wallet(purse, period, allowance, zone);
            });
            current.put(account, opened);
            return opened;
        });
    }

    private Purse purse(CreditAccount account, CreditPeriod period, Instant touched) {
        return purse(account, exchange.inTurn(() -> ledger.open(account, period)), touched);
    }

    private Purse purse(CreditAccount account, String creditId, Instant touched) {
        return all.compute(creditId, (id, known) -> {
            if (known != null && !known.isClosed()) {
                return known;
            }
            if (stopped) {
                throw new IllegalStateException("The node stops: nobody would report what is spent");
            }
            return new Purse(node, account, id, touched, uses);
        });
    }

    /** From now on nothing is borrowed for anybody who holds nothing yet. */
    void stop() {
        stopped = true;
    }

    /** The purse of a reservation that has ended, with as much in it as is to be charged, if there is any. */
    Purse filled(CreditAccount account, Settlement settlement) {
        Purse purse = purse(account, settlement.id().creditId(), clock.instant());
        Credits charged = settlement.charged();
        exchange.report(
                purse, () -> purse.lacks(charged) ? List.of(purse.borrowingFor(charged, clock.instant())) : List.of());
        return purse;
    }

    /** Has busy owners find all they need when the next period begins. */
    void lookForward() {
        next.open(current.values(), clock.instant(), this::purse);
    }

    /** Empty where there is not enough, even after asking the ledger. */
    Optional<Charge> pay(Wallet wallet, Payment payment) {
        Optional<Charge> paid = wallet.pay(payment, clock.instant(), life);
        // Others spend what was borrowed; or the ledger says that it has lent before, and the answer was lost.
        for (int attempt = 0; paid.isEmpty() && attempt < ATTEMPTS; attempt++) {
            borrow(wallet, payment.cost());
            paid = wallet.pay(payment, clock.instant(), life);
        }
        if (paid.isPresent()) {
            lookAhead(wallet, payment.cost(), clock.instant());
        }
        return paid;
    }

    /** Empty where it is not to be spent from any more, or there is not enough in it without asking. */
    Optional<Charge> payAtOnce(Wallet wallet, Payment payment) {
        Instant now = clock.instant();
        if (!wallet.isFor(wallet.allowance(), now)) {
            return Optional.empty();
        }
        Optional<Charge> paid = wallet.pay(payment, now, life);
        if (paid.isPresent()) {
            lookAhead(wallet, payment.cost(), now);
        }
        return paid;
    }

    Optional<Wallet> open(CreditAccount account, Allowance allowance) {
        return Optional.ofNullable(current.get(account)).filter(wallet -> wallet.isFor(allowance, clock.instant()));
    }

    /** As far as this node knows without asking. */
    Charge.Standing standing(CreditAccount account) {
        Instant now = clock.instant();
        return Optional.ofNullable(current.get(account))
                .filter(wallet -> wallet.isFor(wallet.allowance(), now))
                .map(Wallet::standing)
                .orElse(Charge.Standing.UNKNOWN);
    }

    private void lookAhead(Wallet wallet, Credits cost, Instant now) {
        if (wallet.purse().runsLow(now)) {
            background.execute(() -> borrowAhead(wallet, cost));
        }
    }

    private void borrow(Wallet wallet, Credits cost) {
        Purse purse = wallet.purse();
        exchange.report(
                purse,
                () -> purse.lacks(cost, clock.instant())
                        ? List.of(purse.borrowing(cost, wallet.allowance(), clock.instant()))
                        : List.of());
    }

    /** With what the ledger says now, or said a moment ago. */
    Wallet refreshed(Wallet wallet) {
        Purse purse = wallet.purse();
        exchange.report(
                purse,
                () -> !purse.isClosed() && purse.isStale(clock.instant())
                        ? List.of(purse.returning(clock.instant()))
                        : List.of());
        return wallet;
    }

    private void borrowAhead(Wallet wallet, Credits cost) {
        try {
            Purse purse = wallet.purse();
            exchange.report(
                    purse,
                    () -> purse.isClosed()
                            ? List.of()
                            : List.of(purse.borrowingAhead(cost, wallet.allowance(), clock.instant())));
        } catch (RuntimeException failed) {
            // Whoever needs it asks again.
            LOG.warn("Credits could not be leased ahead of need", failed);
        }
    }

    Optional<Purse> find(String creditId) {
        return Optional.ofNullable(all.get(creditId));
    }

    Collection<Purse> all() {
        return all.values();
    }

    /** Forgets what holds nothing any more. */
    void tidy() {
        Instant now = clock.instant();
        current.values()
                .removeIf(wallet -> wallet.purse().isClosed() || wallet.period().isOverAt(now));
        next.tidy(now);
        all.values().removeIf(purse -> purse.retire(now));
    }
}
