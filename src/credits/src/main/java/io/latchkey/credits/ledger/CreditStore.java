package io.latchkey.credits.ledger;

import io.latchkey.model.Allowance;
import io.latchkey.model.Credits;
import io.latchkey.model.OwnerData;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads and changes allowances and the ledger for administrators and purge tasks, in the transaction of one Keycloak session.
 */
public interface CreditStore {

    /** Lists balances, latest period first. */
    List<CreditBalance> find(CreditQuery query, int first, int max);

    Optional<Allowance> allowance(CreditAccount account);

    /** The allowances that administrators have set for an owner, by the id of the API. */
    Map<String, Allowance> allowances(String realmId, String ownerId);

    /** The balances of an owner at all APIs in the periods with these labels. */
    List<CreditBalance> balances(String realmId, String ownerId, Set<String> periods);

    /** Sets an allowance that replaces those of plans. */
    void setAllowance(CreditAccount account, Allowance allowance);

    /** @return whether there was one */
    boolean removeAllowance(CreditAccount account);

    /**
     * Applies an allowance and a top-up to an existing ledger row; empty if the top-ups exceed {@link Credits#MOST}.
     */
    Optional<CreditBalance> grant(String creditId, Allowance allowance, Credits more);

    void removeOwner(String realmId, String ownerId);

    void removeRealm(String realmId);

    /** The table of allowances that administrators have set. */
    OwnerData allowances();

    /** The table of ledger rows. */
    OwnerData balances();

    void removeApi(String apiId);

    /**
     * Expires open reservations that stopped nodes have handed over.
     *
     * @param reserved moment; no reservation that is older can be open
     * @param most maximum number
     */
    List<SettledCall> expire(Instant reserved, int most);

    /** Writes off leases of nodes that have not reported for a minute, in at most {@code most} ledger rows. */
    WriteOffBatch writeOff(Instant now, int most);

    /**
     * Reclaims the leases of stopped nodes after their reservations have ended, in at most {@code most} ledger rows.
     *
     * @param reserved moment; no reservation that is older can be open
     * @return whether there may be more
     */
    boolean reclaim(Instant reserved, int most);

    /**
     * The result of one batch of write-offs.
     *
     * @param hasMore whether there may be more
     */
    record WriteOffBatch(List<WriteOff> writtenOff, boolean hasMore) {}

    /**
     * Deletes old settlements, old leases, and periods after their retention.
     *
     * @param most approximate number of rows of each
     * @return whether there may be more
     */
    boolean purge(Instant settledBefore, Instant endedBefore, int most);
}
