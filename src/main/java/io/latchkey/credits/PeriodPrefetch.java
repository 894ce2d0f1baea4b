package io.latchkey.credits;

import io.latchkey.model.Allowance;
import io.latchkey.model.CreditAccount;
import io.latchkey.model.CreditPeriod;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What busy owners spend from in the next period, opened shortly before it begins: not by all of them in its first second. */
final class PeriodPrefetch {

    private static final Duration AHEAD = Duration.ofMinutes(1);
    /** At one time, since reports wait meanwhile. */
    private static final int MOST = 500;

    private final LedgerClient exchange;
    private final Map<CreditAccount, PeriodLease> wallets = new ConcurrentHashMap<>();

    PeriodPrefetch(LedgerClient exchange) {
        this.exchange = exchange;
    }

    /** Makes a ledger row, and a purse that holds nothing of it yet. */
    interface Opening {
        /** @param begin from when it is missed if nobody comes */
        Lease open(CreditAccount account, CreditPeriod period, Instant begin);
    }

    /** Empty where it was not foreseen. */
    Optional<PeriodLease> take(CreditAccount account, CreditPeriod period, Allowance allowance, Instant now) {
        Optional<PeriodLease> foreseen = Optional.ofNullable(wallets.get(account))
                .filter(wallet -> wallet.period().equals(period) && wallet.isFor(allowance, now));
        foreseen.ifPresent(wallet -> wallets.remove(account, wallet));
        return foreseen;
    }

    /** @param current what is spent from now */
    void open(Collection<PeriodLease> current, Instant now, Opening opening) {
        FailureBudget openings = new FailureBudget();
        Map<Lease, PeriodLease> opened = new HashMap<>();
        Map<Lease, Long> appetites = new HashMap<>();
        due(current, now)
                .forEach(before -> openings.make(() -> {
                    PeriodLease next = before.next(opening);
                    appetites.put(next.lease(), before.lease().appetite());
                    opened.put(next.lease(), next);
                }));
        openings.make(() -> exchange.reportAll(
                List.copyOf(opened.keySet()),
                purse -> purse.beginning(appetites.get(purse), opened.get(purse).allowance(), now)));
        // What was not heard is tried again.
        opened.values().stream()
                .filter(next -> !next.lease().isStale(now))
                .forEach(next -> wallets.put(next.account(), next));
        openings.complain();
    }

    private List<PeriodLease> due(Collection<PeriodLease> current, Instant now) {
        return current.stream()
                .filter(wallet ->
                        wallet.endsBefore(now.plus(AHEAD)) && !wallet.period().isOverAt(now))
                .filter(wallet -> !wallet.lease().isIdle(now) && !isForeseen(wallet))
                .limit(MOST)
                .toList();
    }

    private boolean isForeseen(PeriodLease current) {
        PeriodLease next = wallets.get(current.account());
        return next != null
                && next.period().equals(current.nextPeriod())
                && next.allowance().equals(current.allowance())
                && !next.lease().isClosed();
    }

    void tidy(Instant now) {
        wallets.values()
                .removeIf(wallet -> wallet.lease().isClosed() || wallet.period().isOverAt(now));
    }
}
