package io.latchkey.bench;

import java.util.List;
import java.util.OptionalLong;

/**
 * Figures of a server with a certain number of keys.
 *
 * @param stranger requests with a key and an owner that the server has not seen
 * @param cold requests with a key it has not seen, of an owner it has
 * @param warm requests with one key again and again
 * @param reads of the table of keys per cold request
 * @param page milliseconds for an administrator's first page
 * @param count milliseconds for their number
 * @param created creations through the administrators' REST
 * @param perKey bytes of heap for a key in memory, if there were enough of them to tell
 * @param plan how PostgreSQL reads a key
 * @param table bytes of the table with its indexes
 */
record ScaleFigures(
        long keys,
        Sample stranger,
        Sample cold,
        Sample warm,
        double reads,
        double page,
        double count,
        Sample created,
        OptionalLong perKey,
        String plan,
        long table,
        PurgeDuration purge) {

    /** Noise of a small sample; a scan of the table would be thousands of times slower. */
    private static final double FLAT = 1.5;

    private static final String INDEX = "Index Scan using pk_latchkey_key";

    ScaleFigures with(PurgeDuration watched) {
        return new ScaleFigures(keys, stranger, cold, warm, reads, page, count, created, perKey, plan, table, watched);
    }

    static String report(List<ScaleFigures> all) {
        Markdown table = new Markdown(
                "keys",
                "new owner p50 ms",
                "cold p50 ms",
                "cold p99 ms",
                "cold/s",
                "reads per cold",
                "warm p50 ms",
                "warm/s",
                "created/s",
                "page ms",
                "count ms",
                "purge of owners s",
                "2000 deleted s",
                "bytes per key in memory",
                "table GB");
        all.forEach(figures -> table.row(figures.cells()));
        ScaleFigures least = all.get(0);
        ScaleFigures most = all.get(all.size() - 1);
        double growth = (double) most.cold().median() / least.cold().median();
        Markdown promises = new Markdown("promise", "target", "measured", "");
        if (all.size() > 1) {
            promises.row(
                    "cold verify is flat from " + Markdown.number(least.keys()) + " to " + Markdown.number(most.keys()),
                    "p50 at most " + FLAT + " ×",
                    Markdown.number(growth) + " ×",
                    EndpointReport.met(growth <= FLAT));
        }
        promises.row(
                "one indexed read for the key",
                "`" + INDEX + "`, 1 per request",
                Markdown.number(most.reads()) + " per request",
                EndpointReport.met(all.stream().allMatch(it -> it.plan().contains(INDEX)) && most.reads() < 1.1));
        return table + "\n" + promises + "\n```\n" + most.plan() + "```\n";
    }

    private String[] cells() {
        return new String[] {
            Markdown.number(keys),
            Markdown.millis(stranger.median()),
            Markdown.millis(cold.median()),
            Markdown.millis(cold.slowest()),
            Markdown.number(cold.perSecond()),
            Markdown.number(reads),
            Markdown.millis(warm.median()),
            Markdown.number(warm.perSecond()),
            Markdown.number(created.perSecond()),
            Markdown.number(page),
            Markdown.number(count),
            Markdown.number(purge.owners() / 1e9),
            Markdown.number(purge.purge() / 1e9),
            perKey.isEmpty() ? "" : Markdown.number(perKey.getAsLong()),
            Markdown.number(table / 1e9)
        };
    }
}
