package io.latchkey.credits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.latchkey.model.CreditAccount;
import io.latchkey.model.CreditLedger;
import java.util.Map;
import java.util.Set;

/** Whose credits ledger rows are about, and where: that never changes. */
final class LedgerAccountCache {

    private static final int REMEMBERED = 100_000;

    private final CreditLedger ledger;
    private final LedgerClient exchange;
    private final Cache<String, CreditAccount> known =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    LedgerAccountCache(CreditLedger ledger, LedgerClient exchange) {
        this.ledger = ledger;
        this.exchange = exchange;
    }

    /** Without those rows that there are none of. */
    Map<String, CreditAccount> of(Set<String> creditIds) {
        return known.getAll(creditIds, unknown -> exchange.withPermit(() -> ledger.accounts(Set.copyOf(unknown))));
    }
}
