package io.latchkey.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The ledger of credits as administrators see and change it. Bound to one Keycloak session and its transaction. */
public interface CreditStore {

    /** Latest period first. */
    List<CreditBalance> find(CreditQuery query, int first, int max);

    Optional<Allowance> allowance(CreditAccount account);

    /** What administrators have set for an owner by hand, by the id of the API. */
    Map<String, Allowance> allowances(String realmId, String ownerId);

    /** What the ledger has of an owner in the periods with these labels, at all APIs. */
    List<CreditBalance> balances(String realmId, String ownerId, Set<String> periods);

    /** Sets an allowance by hand, which counts instead of any plan. */
    void setAllowance(CreditAccount account, Allowance allowance);

    /** @return whether there was one */
    boolean removeAllowance(CreditAccount account);

    /** Grants in that ledger row, which must be there, and tops it up; empty where that is more than {@link Credits#MOST}. */
    Optional<CreditBalance> grant(String creditId, Allowance allowance, Credits more);

    void removeOwner(String realmId, String ownerId);

    void removeRealm(String realmId);

    /** Those set by hand. */
    OwnerData allowances();

    /** The ledger. */
    OwnerData balances();

    void removeApi(String apiId);

    /**
     * Ends reservations that stopped nodes left and nobody has ended.
     *
     * @param reserved moment before which no reservation can be open any more
     * @param most how many at once
     */
    List<SettledCall> expire(Instant reserved, int most);

    /** Writes off what nodes hold that are silent, in so many ledger rows at most. */
    LeaseSweep writeOff(Instant now, int most);

    /**
     * Takes back what stopped nodes left for reservations, in so many ledger rows at most.
     *
     * @param reserved moment before which no reservation can be open any more
     * @return whether there may be more
     */
    boolean reclaim(Instant reserved, int most);

    /**
     * What a sweep came across.
     *
     * @param mayGoOn whether there may be more
     */
    record LeaseSweep(List<WriteOff> writtenOff, boolean mayGoOn) {}

    /**
     * Forgets settlements and leases that nobody can ask for any more, and periods after their retention.
     *
     * @param most about how many rows of each
     * @return whether there may be more
     */
    boolean forget(Instant settledBefore, Instant endedBefore, int most);
}
