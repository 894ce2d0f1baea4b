package io.latchkey.model.jpa;

import io.latchkey.key.KeyId;
import io.latchkey.model.Credits;
import io.latchkey.model.OpenReservation;
import io.latchkey.model.ReservationId;
import io.latchkey.model.Settlement;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;

/** Row of {@code LATCHKEY_SETTLEMENT}: how a reservation ends, said at another node than its own, or that it expired. */
@Entity
@Table(name = "LATCHKEY_SETTLEMENT")
public class SettlementEntity {

    @Id
    @Column(name = "RESERVATION", updatable = false)
    private String reservation;

    @Column(name = "CREDIT_ID", updatable = false)
    private String creditId;

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
    private boolean taken;

    protected SettlementEntity() {}

    /** @param taken whether its own node knows */
    SettlementEntity(Settlement settlement, Instant now, boolean taken) {
        this.reservation = settlement.id().toString();
        this.creditId = settlement.id().creditId();
        this.node = settlement.id().node();
        this.outcome = settlement.outcome().label();
        this.charged = settlement.charged().micros();
        this.recordedAt = now.toEpochMilli();
        this.taken = taken;
    }

    /** Not ended yet, and left to whoever is told how it did. */
    SettlementEntity(ReservationId id, OpenReservation call, Instant now) {
        this(Settlement.open(id), now, true);
        leave(call);
    }

    /** Whose call it was, where a node left it. */
    final Optional<OpenReservation> call() {
        return Optional.ofNullable(calledAt)
                .map(Instant::ofEpochMilli)
                .map(at -> new OpenReservation(Optional.ofNullable(keyId).map(KeyId::new), at, at));
    }

    final String reservation() {
        return reservation;
    }

    final Settlement settlement() {
        return new Settlement(
                ReservationId.parse(reservation).orElseThrow(),
                Settlement.Outcome.ofLabel(outcome).orElseThrow(),
                new Credits(charged));
    }

    /** Says how an open one ends. */
    final void end(Settlement settlement) {
        outcome = settlement.outcome().label();
        charged = settlement.charged().micros();
    }

    /** Its node stops, and has it counted here. */
    final void leave(OpenReservation call) {
        taken = true;
        keyId = call.key().map(KeyId::value).orElse(null);
        calledAt = call.at().toEpochMilli();
    }
}
