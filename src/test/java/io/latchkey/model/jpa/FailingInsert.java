package io.latchkey.model.jpa;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.api.Trigger;

/** Refuses each row with the SQL state that the name of the trigger ends in, such as {@code FAIL_53100} for a full disk. */
public final class FailingInsert implements Trigger {

    private String sqlState;

    /** The statement that makes every insertion into {@code LATCHKEY_USE} fail. */
    public static String create(String sqlState) {
        return "create trigger FAIL_" + sqlState + " before insert on LATCHKEY_USE for each row call '"
                + FailingInsert.class.getName() + "'";
    }

    /** The statement that ends it. */
    public static String drop(String sqlState) {
        return "drop trigger FAIL_" + sqlState;
    }

    @Override
    public void init(
            Connection connection, String schema, String trigger, String table, boolean before, int operation) {
        sqlState = trigger.substring(trigger.indexOf('_') + 1);
    }

    @Override
    public void fire(Connection connection, Object[] before, Object[] after) throws SQLException {
        throw new SQLException("cannot insert", sqlState);
    }
}
