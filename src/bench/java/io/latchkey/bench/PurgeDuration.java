package io.latchkey.bench;

import io.latchkey.server.ServerFailure;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * Measures how long one purge takes, seen from the database.
 *
 * @param owners nanoseconds for looking at every owner
 * @param purge nanoseconds for deleting {@link ScaleTable#ENDED} keys
 */
record PurgeDuration(long owners, long purge) {

    static final String OFTEN = "--spi-latchkey--default--purge-interval=PT10S";

    private static final Duration PATIENCE = Duration.ofMinutes(60);

    /** Watches the first purge of a server with a short interval; give it {@link ScaleTable#litter} first. */
    static PurgeDuration watch(BenchServer server, ScaleTable table) {
        await(server, table::purgeHasBegun);
        long begun = System.nanoTime();
        await(server, () -> table.ended() < ScaleTable.ENDED);
        long purging = System.nanoTime();
        await(server, () -> table.ended() == 0);
        return new PurgeDuration(purging - begun, System.nanoTime() - purging);
    }

    private static void await(BenchServer server, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new ServerFailure("The purge did not end within " + PATIENCE);
            }
            requireAlive(server);
        }
    }

    /** Waits a moment, unless the server ends meanwhile. */
    private static void requireAlive(BenchServer server) {
        try {
            throw server.ended().get(50, TimeUnit.MILLISECONDS);
        } catch (TimeoutException alive) {
            // As it should be.
        } catch (ExecutionException e) {
            throw new ServerFailure("Keycloak has ended", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerFailure("Interrupted", e);
        }
    }
}
