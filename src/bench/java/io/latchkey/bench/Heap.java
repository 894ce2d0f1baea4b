package io.latchkey.bench;

/**
 * Reports the live heap of the server after a full collection.
 *
 * @param keys how many keys are held in memory
 */
record Heap(long bytes, long keys) {

    private static final String KEY = "io.latchkey.model.ApiKey";

    static Heap of(BenchServer server) {
        long bytes = 0;
        long keys = 0;
        // Columns: rank, instances, bytes, class; the last line: "Total", instances, bytes.
        for (String line : server.jcmd("GC.class_histogram").lines().toList()) {
            String[] columns = line.trim().split("\\s+");
            if (columns[0].equals("Total")) {
                bytes = Long.parseLong(columns[2]);
            } else if (columns.length >= 4 && columns[3].equals(KEY)) {
                keys = Long.parseLong(columns[1]);
            }
        }
        return new Heap(bytes, keys);
    }
}
