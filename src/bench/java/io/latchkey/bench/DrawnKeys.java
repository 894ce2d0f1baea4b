package io.latchkey.bench;

import io.latchkey.it.ApiClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Creates a file of keys of many owners in the order of their use, drawn by Zipf's law: the second is used half as often as the first, the third a third
 * as often.
 *
 * @param file a line with a key for each request
 * @param first the key that is used most
 */
record DrawnKeys(Path file, String first) {

    static final String TITLE = "10 000 keys by Zipf's law";

    private static final int OWNERS = 1000;
    private static final int KEYS_OF_ONE = 10;
    private static final int DRAWN = 100_000;

    /** Creates the owners and their keys. */
    static DrawnKeys create(BenchRealm realm, Path file) {
        List<String> keys = new ArrayList<>();
        for (int owner = 0; owner < OWNERS; owner++) {
            String id = realm.user("owner-" + owner);
            ApiClient admin = realm.admin();
            for (int key = 0; key < KEYS_OF_ONE; key++) {
                keys.add(admin.post(
                                realm.adminPath("/api-keys"),
                                Map.of("name", "key " + key, "owner", Map.of("type", "user", "id", id)))
                        .expect(201)
                        .text("key"));
            }
        }
        return new DrawnKeys(ScaleSample.write(file, drawn(keys)), keys.get(0));
    }

    // The same draws in every run, so that runs can be compared.
    private static List<String> drawn(List<String> keys) {
        double[] upTo = new double[keys.size()];
        double sum = 0;
        for (int rank = 0; rank < upTo.length; rank++) {
            sum += 1.0 / (rank + 1);
            upTo[rank] = sum;
        }
        Random random = new Random(1);
        double all = sum;
        return IntStream.range(0, DRAWN)
                .map(draw -> Arrays.binarySearch(upTo, random.nextDouble() * all))
                .mapToObj(found -> keys.get(found < 0 ? -found - 1 : found))
                .toList();
    }
}
