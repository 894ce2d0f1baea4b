package io.latchkey.verify;

import io.latchkey.key.KeyHash;
import io.latchkey.model.ApiKey;
import io.latchkey.usage.RehashBuffer;
import io.latchkey.usage.SingleFlight;
import io.latchkey.usage.UsageBuffer;
import java.time.Instant;
import java.util.function.Consumer;
import org.keycloak.models.KeycloakContext;

/**
 * Records accepted uses in memory for the next flush. The first use of a successor is written at once, because it may end
 * the predecessor.
 */
public final class BufferedUseRecorder implements AcceptedUseListener {

    private final KeycloakContext context;
    private final UsageBuffer uses;
    private final RehashBuffer rehashBuffer;
    private final SingleFlight firstUses;
    private final Consumer<ApiKey> confirmation;

    /**
     * @param firstUses lets one thread at a time confirm a key
     * @param confirmation writes the first use of a successor
     */
    public BufferedUseRecorder(
            KeycloakContext context,
            UsageBuffer uses,
            RehashBuffer rehashBuffer,
            SingleFlight firstUses,
            Consumer<ApiKey> confirmation) {
        this.context = context;
        this.uses = uses;
        this.rehashBuffer = rehashBuffer;
        this.firstUses = firstUses;
        this.confirmation = confirmation;
    }

    @Override
    public void record(ApiKey key, Instant at, KeyUseRequest request) {
        uses.accepted(key.id(), request.api(context.getRealm()), at, request.address());
        if (key.predecessor().isPresent() && !key.confirmed()) {
            firstUses.once(key.id(), () -> confirmation.accept(key));
        }
    }

    @Override
    public void rehash(ApiKey key, KeyHash newest) {
        rehashBuffer.add(key, newest);
    }
}
