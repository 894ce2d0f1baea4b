package io.latchkey.fakes;

import io.latchkey.charging.SettlementListener;
import io.latchkey.credits.lease.CreditEngine;
import io.latchkey.credits.ledger.CreditAccount;
import io.latchkey.credits.ledger.CreditLedger;
import io.latchkey.credits.ledger.CreditPeriod;
import io.latchkey.credits.ledger.LeaseRecord;
import io.latchkey.credits.ledger.LeaseRenewalRequest;
import io.latchkey.credits.ledger.LeaseRenewalResponse;
import io.latchkey.credits.ledger.LedgerRowBalance;
import io.latchkey.credits.ledger.LedgerRowBalance.Totals;
import io.latchkey.credits.ledger.ReservationId;
import io.latchkey.credits.ledger.Settlement;
import io.latchkey.model.Allowance;
import io.latchkey.model.ReservationState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** A ledger that loses its connection when told to: before it has done what it was asked, or after. */
public final class MemoryLedger implements CreditLedger {

    /** What goes wrong with the next question. */
    public enum Trouble {
        NONE,
        NOT_HEARD,
        NOT_ANSWERED
    }

    private final Clock clock;
    private final Map<String, LedgerRowBalance> entries = new LinkedHashMap<>();
    private final Map<String, String> ids = new HashMap<>();
    private final Map<String, CreditAccount> accounts = new HashMap<>();
    private final Map<ReservationId, Settlement> settlements = new LinkedHashMap<>();
    private final Set<ReservationId> taken = new HashSet<>();
    private final Set<ReservationId> left = new HashSet<>();
    private Trouble trouble = Trouble.NONE;
    private Optional<RuntimeException> fault = Optional.empty();
    private int questions;
    private int contradictions;
    private final Set<String> broken = new HashSet<>();
    private Runnable meanwhile = () -> {};
    private Runnable afterReport = () -> {};
    private boolean recording = true;
    private boolean collecting = true;
    private int unheard;
    private int opened;
    private int unopened = -1;
    private final List<Integer> recorded = new ArrayList<>();

    public MemoryLedger(Clock clock) {
        this.clock = clock;
    }

    /** A node that borrows from it, and does what it may do in the background at once. */
    public CreditEngine node() {
        return node((key, api, at, outcome, charged) -> {});
    }

    /** @param uses learns how calls end */
    public CreditEngine node(SettlementListener uses) {
        return new CreditEngine(this, Runnable::run, clock, Duration.ofMinutes(1), uses, CreditEngine.MAX_OPEN);
    }

    public void next(Trouble next) {
        trouble = next;
    }

    /** What it should never have been asked. */
    public Optional<RuntimeException> fault() {
        return fault;
    }

    /** From now on nothing that has ended can be put on record. */
    public void refuseRecords() {
        recording = false;
    }

    /** What happens while a node puts on record what it has ended itself. */
    public void meanwhile(Runnable work) {
        meanwhile = work;
    }

    /** What happens as soon as the next report has been answered. */
    public void afterReport(Runnable work) {
        afterReport = work;
    }

    /** From now on no node hears what others put on record. */
    public void refuseCollecting() {
        collecting = false;
    }

    /** The next reports are lost on the way. */
    public void loseReports(int times) {
        unheard = times;
    }

    /** One of the next rows cannot be opened. */
    public void failOpening(int number) {
        unopened = opened + number;
    }

    /** How many it was told of at once that nodes had ended themselves. */
    public List<Integer> recorded() {
        return recorded;
    }

    /** How often it was told what does not fit to what it knows. */
    public int contradictions() {
        return contradictions;
    }

    /** How often it was asked. */
    public int questions() {
        return questions;
    }

    public List<LedgerRowBalance> entries() {
        return List.copyOf(entries.values());
    }

    public LedgerRowBalance only() {
        return entries.values().iterator().next();
    }

    /** From now on no report of that ledger row is understood. */
    public void breakEntry(int number) {
        broken.add(List.copyOf(entries.keySet()).get(number));
    }

    /** What is on record now, to be set back to. */
    public Runnable backup() {
        Map<String, LedgerRowBalance> then = new LinkedHashMap<>();
        entries.forEach((id, entry) -> then.put(id, new LedgerRowBalance(entry.totals(), entry.leases())));
        Map<ReservationId, Settlement> ended = new LinkedHashMap<>(settlements);
        return () -> {
            entries.clear();
            then.forEach((id, entry) -> entries.put(id, new LedgerRowBalance(entry.totals(), entry.leases())));
            ids.values().retainAll(then.keySet());
            settlements.clear();
            settlements.putAll(ended);
        };
    }

    /** Leases of which nothing is left, as long after. */
    public void forgetLeases() {
        entries.replaceAll((id, entry) -> {
            Map<String, LeaseRecord> left = new HashMap<>(entry.leases());
            left.values().removeIf(loan -> loan.rest() == 0);
            return new LedgerRowBalance(entry.totals(), left);
        });
    }

    public void removeAll() {
        entries.clear();
        ids.clear();
        accounts.clear();
    }

    private synchronized <T> T answer(Supplier<T> work) {
        Trouble now = trouble;
        trouble = Trouble.NONE;
        questions++;
        if (now == Trouble.NOT_HEARD) {
            throw new IllegalStateException("Not heard");
        }
        T answer;
        try {
            answer = work.get();
        } catch (RuntimeException broken) {
            fault = Optional.of(broken);
            throw broken;
        }
        if (now == Trouble.NOT_ANSWERED) {
            throw new IllegalStateException("Not answered");
        }
        return answer;
    }

    @Override
    public Optional<Allowance> allowance(CreditAccount account) {
        return Optional.empty();
    }

    @Override
    public String open(CreditAccount account, CreditPeriod period) {
        if (++opened == unopened) {
            throw new IllegalStateException("Not opened");
        }
        return answer(() -> ids.computeIfAbsent(account + period.label(), none -> {
            String id = UUID.randomUUID().toString();
            entries.put(id, new LedgerRowBalance(Totals.NONE, Map.of()));
            accounts.put(id, account);
            return id;
        }));
    }

    @Override
    public Map<String, CreditAccount> accounts(Set<String> creditIds) {
        return answer(() -> accounts.entrySet().stream()
                .filter(row -> creditIds.contains(row.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    @Override
    public List<Optional<LeaseRenewalResponse>> report(String node, List<LeaseRenewalRequest> reports) {
        if (unheard > 0) {
            unheard--;
            throw new IllegalStateException("Not reported");
        }
        List<Optional<LeaseRenewalResponse>> answers = answer(
                () -> reports.stream().map(report -> report(node, report)).toList());
        Runnable next = afterReport;
        afterReport = () -> {};
        next.run();
        return answers;
    }

    private Optional<LeaseRenewalResponse> report(String node, LeaseRenewalRequest report) {
        LedgerRowBalance entry = entries.get(report.creditId());
        if (broken.contains(report.creditId())) {
            throw new IllegalStateException("Not understood");
        }
        if (entry == null) {
            return Optional.empty();
        }
        LeaseRenewalResponse answer = entry.report(node, report, clock.instant());
        contradictions += answer.contradicted() ? 1 : 0;
        report.handedOver().ifPresent(reservations -> reservations.keySet().forEach(id -> leave(entry, id)));
        return Optional.of(answer);
    }

    private void leave(LedgerRowBalance entry, ReservationId id) {
        Settlement told = settlements.putIfAbsent(id, Settlement.open(id));
        boolean first = left.add(id);
        if (told != null && first) {
            entry.settle(told);
        }
        taken.add(id);
    }

    @Override
    public List<Settlement> record(Optional<String> realmId, List<Settlement> settlements) {
        if (realmId.isEmpty()) {
            recorded.add(settlements.size());
            meanwhile.run();
        }
        if (!recording) {
            throw new IllegalStateException("Not recorded");
        }
        return answer(() -> settlements.stream()
                .filter(settlement -> entries.containsKey(settlement.id().creditId()))
                .flatMap(settlement -> record(settlement).stream())
                .toList());
    }

    private Optional<Settlement> record(Settlement settlement) {
        LedgerRowBalance entry = entries.get(settlement.id().creditId());
        if (entry.leases()
                        .getOrDefault(settlement.id().node(), LeaseRecord.NONE)
                        .state()
                != LeaseRecord.State.STOPPED) {
            Settlement before = settlements.putIfAbsent(settlement.id(), settlement);
            return Optional.of(before == null ? settlement : before);
        }
        return Optional.ofNullable(settlements.computeIfPresent(
                settlement.id(),
                (id, before) -> before.outcome() != ReservationState.OPEN
                        ? before
                        : entry.settle(settlement) ? settlement : Settlement.expired(id)));
    }

    @Override
    public List<Settlement> collect(String node, List<ReservationId> heard) {
        if (!collecting) {
            throw new IllegalStateException("Not collected");
        }
        return answer(() -> {
            taken.addAll(heard);
            return settlements.values().stream()
                    .filter(settlement -> settlement.id().node().equals(node) && !taken.contains(settlement.id()))
                    .toList();
        });
    }

    public void writeOff() {
        entries.values().forEach(entry -> entry.writeOff(clock.instant()));
    }

    /** Long after everything else. */
    public void sweep() {
        Instant later = clock.instant().plus(Duration.ofHours(1));
        entries.values().forEach(entry -> entry.reclaim(later));
        entries.values().forEach(entry -> entry.writeOff(later));
    }
}
