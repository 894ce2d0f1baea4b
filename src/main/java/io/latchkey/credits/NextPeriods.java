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
final class NextPeriods {

    private static final Duration AHEAD = Duration.ofMinutes(1);
    /** At one time, since reports wait meanwhile. */
    private static final int MOST = 500;

    private final Exchange exchange;
    private final Map<CreditAccount, Wallet> wallets = new ConcurrentHashMap<>();

    NextPeriods(Exchange exchange) {
        this.exchange = exchange;
    }

    /** Makes a ledger row, and a purse that holds nothing of it yet. */
    interface Opening {
        /** @param begin from when it is missed if nobody comes */
        Purse open(CreditAccount account, CreditPeriod period, Instant begin);
    }

    /** Empty where it was not foreseen. */
    Optional<Wallet> take(CreditAccount account, CreditPeriod period, Allowance allowance, Instant now) {
        Optional<Wallet> foreseen = Optional.ofNullable(wallets.get(account))
                .filter(wallet -> wallet.period().equals(period) && wallet.isFor(allowance, now));
        foreseen.ifPresent(wallet -> wallets.remove(account, wallet));
        return foreseen;
    }

    /** @param current what is spent from now */
    void open(Collection<Wallet> current, Instant now, Opening opening) {
        List<Wallet> due = current.stream()
                .filter(wallet ->
                        wallet.endsBefore(now.plus(AHEAD)) && !wallet.period().isOverAt(now))
                .filter(wallet -> !wallet.purse().isIdle(now) && !wallets.containsKey(wallet.account()))
                .limit(MOST)
                .toList();
        Map<Purse, Wallet> opened = new HashMap<>();
        for (Wallet before : due) {
            Wallet next = before.next(opening);
            wallets.put(before.account(), next);
            opened.put(next.purse(), before);
        }
        exchange.reportAll(
                List.copyOf(opened.keySet()),
                purse -> purse.beginning(
                        opened.get(purse).purse().appetite(), opened.get(purse).allowance(), now));
    }

    void tidy(Instant now) {
        wallets.values()
                .removeIf(wallet -> wallet.purse().isClosed() || wallet.period().isOverAt(now));
    }
}
