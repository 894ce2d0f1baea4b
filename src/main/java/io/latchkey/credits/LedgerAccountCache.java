package io.latchkey.credits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.latchkey.model.CreditAccount;
import io.latchkey.model.CreditLedger;
import java.util.Map;
import java.util.Set;

/** Caches the accounts of ledger rows, which never change. */
final class LedgerAccountCache {

    private static final int MAX_ENTRIES = 100_000;

    private final CreditLedger ledger;
    private final LedgerClient ledgerClient;
    private final Cache<String, CreditAccount> known =
            Caffeine.newBuilder().maximumSize(MAX_ENTRIES).build();

    LedgerAccountCache(CreditLedger ledger, LedgerClient ledgerClient) {
        this.ledger = ledger;
        this.ledgerClient = ledgerClient;
    }

    /** Without ids that have no row. */
    Map<String, CreditAccount> of(Set<String> creditIds) {
        return known.getAll(creditIds, unknown -> ledgerClient.withPermit(() -> ledger.accounts(Set.copyOf(unknown))));
    }
}
