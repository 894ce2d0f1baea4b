package io.latchkey.credits.ledger;

import io.latchkey.key.KeyId;
import io.latchkey.model.CreditAmount;
import io.latchkey.model.ReservationState;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;

/**
 * Maps a row of {@code LATCHKEY_SETTLEMENT}: a reservation that another node settled, that expired, or that a stopped node handed
 * over.
 */
@Entity
@Table(name = "LATCHKEY_SETTLEMENT")
public class SettlementEntity {

    @Id
    @Column(name = "RESERVATION", updatable = false)
    String reservation;

    @Column(name = "CREDIT_ID", updatable = false)
    String creditId;

    @Column(name = "NODE", updatable = false)
    private String node;

    @Column(name = "OUTCOME")
    private String outcome;

    @Column(name = "CHARGED")
    private long charged;

    @Column(name = "RECORDED_AT", updatable = false)
    private long recordedAt;

    @Column(name = "KEY_ID")
    private String keyId;

    @Column(name = "CALLED_AT")
    private Long calledAt;

    @Column(name = "TAKEN")
    private boolean collected;

    protected SettlementEntity() {}

    /** @param collected whether its own node knows the outcome */
    SettlementEntity(Settlement settlement, Instant now, boolean collected) {
        this.reservation = settlement.id().toString();
        this.creditId = settlement.id().creditId();
        this.node = settlement.id().node();
        this.outcome = settlement.outcome().label();
        this.charged = settlement.charged().micros();
        this.recordedAt = now.toEpochMilli();
        this.collected = collected;
    }

    /** An open reservation that a stopping node hands over. */
    SettlementEntity(ReservationId id, OpenReservation call, Instant now) {
        this(Settlement.open(id), now, true);
        handOver(call);
    }

    /** The call and its outcome, if the node of the reservation has handed it over. */
    final Optional<SettledCall> settledCall(String apiId) {
        return Optional.ofNullable(calledAt)
                .map(Instant::ofEpochMilli)
                .map(at -> new OpenReservation(Optional.ofNullable(keyId).map(KeyId::new), at, at))
                .map(call -> new SettledCall(call, apiId, settlement()));
    }

    final Settlement settlement() {
        return new Settlement(
                ReservationId.parse(reservation).orElseThrow(),
                ReservationState.ofLabel(outcome).orElseThrow(),
                new CreditAmount(charged));
    }

    /** Settles an open reservation. */
    final void settle(Settlement settlement) {
        outcome = settlement.outcome().label();
        charged = settlement.charged().micros();
    }

    /** Records that the node has stopped, and the call for counting. */
    final void handOver(OpenReservation call) {
        collected = true;
        keyId = call.key().map(KeyId::value).orElse(null);
        calledAt = call.at().toEpochMilli();
    }
}
