package io.latchkey.bench;

import io.latchkey.key.KeyGenerator;
import io.latchkey.key.KeyHasher;
import io.latchkey.key.KeyKind;
import io.latchkey.key.KeyPrefix;
import io.latchkey.key.Peppers;
import io.latchkey.key.PresentedKey;
import io.latchkey.server.ServerFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Creates the usable keys among millions of rows that have only a hash. */
record ScaleSample(List<Owned> owners) {

    private static final KeyGenerator GENERATOR = new KeyGenerator(new SecureRandom());
    private static final KeyPrefix PREFIX = new KeyPrefix("bench", KeyKind.SECRET, Optional.empty());
    private static final KeyHasher HASHER = new KeyHasher(Peppers.parse(BenchServer.PEPPERS));

    /** An owner and what it has. */
    record Owned(String owner, List<Key> keys) {}

    /** A key and what is stored of it. */
    record Key(String text, String id, String hash, String family) {}

    static ScaleSample of(int owners) {
        return new ScaleSample(Stream.generate(ScaleSample::owned).limit(owners).toList());
    }

    private static Owned owned() {
        return new Owned(
                UUID.randomUUID().toString(),
                Stream.generate(ScaleSample::key).limit(ScaleTable.PER_OWNER).toList());
    }

    private static Key key() {
        PresentedKey key = GENERATOR.generate(PREFIX);
        return new Key(
                key.secret().reveal(),
                key.id().value(),
                HASHER.hash(key.secret()).hex(),
                UUID.randomUUID().toString());
    }

    /** Keys that no table has. */
    static List<String> unknown(int count) {
        return Stream.generate(() -> key().text()).limit(count).toList();
    }

    /** The first key of every owner. */
    List<String> first() {
        return owners.stream().map(owned -> owned.keys().get(0).text()).toList();
    }

    /** All keys but the first, so that neighbours have different owners. */
    List<String> others() {
        return IntStream.range(1, ScaleTable.PER_OWNER)
                .boxed()
                .flatMap(index ->
                        owners.stream().map(owned -> owned.keys().get(index).text()))
                .toList();
    }

    /** Each owner in turn, so many in all. */
    List<String> ownersInTurn(int count) {
        return IntStream.range(0, count)
                .mapToObj(index -> owners.get(index % owners.size()).owner())
                .toList();
    }

    static Path write(Path file, List<String> lines) {
        try {
            return Files.write(file, lines);
        } catch (IOException e) {
            throw new ServerFailure("Could not write " + file + ": " + e.getMessage(), e);
        }
    }
}
