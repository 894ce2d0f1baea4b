package io.latchkey.bench;

import io.latchkey.server.ServerFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Fills the tables with SQL, as years of use would: made-up owners with {@value #PER_OWNER} keys each. */
final class ScaleTable implements AutoCloseable {

    static final int PER_OWNER = 10;

    /** Number of ended keys for the purge. */
    static final int ENDED = 2000;

    private static final long CHUNK = 500_000;

    private static final String USERS = """
            insert into user_entity (id, username, email_constraint, email_verified, enabled, realm_id, created_timestamp, not_before)
            select md5('u' || i)::uuid::text, 'u' || i, md5('u' || i), true, true, '%1$s', 1700000000000, 0
            from generate_series(%2$d, %3$d - 1) i
            """;

    private static final String OWNERS = """
            insert into latchkey_owner (realm_id, owner_id)
            select '%1$s', md5('u' || i)::uuid::text from generate_series(%2$d, %3$d - 1) i
            """;

    private static final String KEYS = """
            insert into latchkey_key (id, realm_id, prefix, owner_type, owner_id, name, name_lower, activation, created_at,
              created_by, family, confirmed, hash, pepper_version, end_on_first_use, ends_at, version, revoked_at, revocation_reason)
            select substr(translate(encode(sha256(('%4$s' || i)::bytea), 'base64'), '+/=', 'xyz'), 1, 12), '%1$s', 'bench_sk_',
              'user', md5('u' || i / %5$d)::uuid::text, '%4$s ' || i, '%4$s ' || i, 'ENABLED', 1700000000000 + i,
              md5('u' || i / %5$d)::uuid::text, md5('%4$s' || i)::uuid::text, false, encode(sha256(('h' || i)::bytea), 'hex'), 1,
              false, %6$s, 0, %7$s
            from generate_series(%2$d, %3$d - 1) i
            """;

    private final Connection connection;
    private final String realmId;
    private long filled;

    ScaleTable(Connection connection, String realmId) {
        this.connection = connection;
        this.realmId = realmId;
    }

    /** Adds unusable keys until the table has this many. */
    void fill(long keys) {
        while (filled < keys) {
            long until = Math.min(keys, filled + CHUNK);
            run(USERS.formatted(realmId, owners(filled), owners(until)));
            run(OWNERS.formatted(realmId, owners(filled), owners(until)));
            run(KEYS.formatted(realmId, filled, until, "key", PER_OWNER, Long.MAX_VALUE, "null, null"));
            filled = until;
            System.out.println("Filled: " + filled);
        }
    }

    private static long owners(long keys) {
        return (keys + PER_OWNER - 1) / PER_OWNER;
    }

    /** Adds keys that are going to be used, with their owners. */
    void add(ScaleSample sample) {
        for (ScaleSample.Owned owned : sample.owners()) {
            insert(
                    "insert into user_entity (id, username, email_constraint, email_verified, enabled, realm_id,"
                            + " created_timestamp, not_before) values (?, ?, ?, true, true, ?, 1700000000000, 0)",
                    List.of(owned.owner(), owned.owner(), owned.owner(), realmId));
            insert("insert into latchkey_owner (realm_id, owner_id) values (?, ?)", List.of(realmId, owned.owner()));
            for (ScaleSample.Key key : owned.keys()) {
                insert(
                        "insert into latchkey_key (id, realm_id, prefix, owner_type, owner_id, name, name_lower, family, hash,"
                                + " activation, created_at, confirmed, pepper_version, end_on_first_use, ends_at, version)"
                                + " values (?, ?, 'bench_sk_', 'user', ?, ?, ?, ?, ?, 'ENABLED', 1700000000000, false, 1, false, "
                                + Long.MAX_VALUE + ", 0)",
                        List.of(key.id(), realmId, owned.owner(), key.id(), key.id(), key.family(), key.hash()));
            }
        }
    }

    /** So that the database plans with what is there now. */
    void settle() {
        run("vacuum analyze");
        run("checkpoint");
    }

    /** Adds work for the purge: an owner of a removed realm, who sorts first, and keys that ended long ago. */
    void litter() {
        run("insert into latchkey_owner (realm_id, owner_id) values ('!', 'removed')");
        run(KEYS.formatted(realmId, 0, ENDED, "ended", PER_OWNER, "1", "1, 'OWNER'"));
    }

    /** Whether the purge has begun with the owners. */
    boolean purgeHasBegun() {
        return count("select count(*) from latchkey_owner where realm_id = '!'") == 0;
    }

    long ended() {
        return count("select count(*) from latchkey_key where ends_at = 1");
    }

    long bytes() {
        return count("select pg_total_relation_size('latchkey_key')");
    }

    /** How PostgreSQL reads one key. */
    String plan(String id) {
        try (var found = connection
                .createStatement()
                .executeQuery(
                        "explain (analyze, buffers, costs off) select * from latchkey_key where id = '" + id + "'")) {
            StringBuilder plan = new StringBuilder();
            while (found.next()) {
                plan.append(found.getString(1)).append('\n');
            }
            return plan.toString();
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private long count(String query) {
        try (var found = connection.createStatement().executeQuery(query)) {
            found.next();
            return found.getLong(1);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private void run(String sql) {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private void insert(String sql, List<String> values) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.size(); i++) {
                statement.setString(i + 1, values.get(i));
            }
            statement.executeUpdate();
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private static ServerFailure failure(SQLException e) {
        return new ServerFailure("PostgreSQL: " + e.getMessage(), e);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failure(e);
        }
    }
}
