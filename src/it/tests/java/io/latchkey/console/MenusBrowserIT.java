package io.latchkey.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.it.EveryRelease;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** That whoever chooses the theme gets one entry more in each console, and loses none. */
@ConsoleTest
@EveryRelease
class MenusBrowserIT {

    private static final String OUR_ENTRY = "API keys";

    private static ConsoleRealm themed;
    private static ConsoleRealm stock;

    @BeforeAll
    static void createRealms() {
        themed = ConsoleRealm.create(Map.of());
        stock = ConsoleRealm.stock(Map.of());
        // More entries than a new realm shows.
        for (ConsoleRealm realm : List.of(themed, stock)) {
            realm.set(Map.of(
                    "userManagedAccessAllowed", true, "organizationsEnabled", true, "adminPermissionsEnabled", true));
            realm.fixture().user("alice");
        }
    }

    @Test
    void theAccountConsoleKeepsItsMenu(BrowserUser browserUser) {
        AccountConsole ours = browserUser.account(themed.name());
        ours.enterStock("alice");
        AccountConsole theirs = browserUser.account(stock.name());
        theirs.enterStock("alice");

        assertOneMore(theirs.menu(), ours.menu());
        assertEquals(List.of(), browserUser.failures());
    }

    @Test
    void theAdminConsoleKeepsItsMenu(BrowserUser browserUser) {
        AdminConsole ours = browserUser.admin(themed.name());
        ours.enterStock(ConsoleRealm.BOSS);
        AdminConsole theirs = browserUser.admin(stock.name());
        theirs.enterStock(ConsoleRealm.BOSS);

        assertOneMore(theirs.menu(), ours.menu());
        assertEquals(List.of(), browserUser.failures());
    }

    private static void assertOneMore(List<String> theirs, List<String> ours) {
        assertTrue(theirs.size() > 4, theirs::toString);
        List<String> rest = new ArrayList<>(ours);
        assertTrue(rest.remove(OUR_ENTRY), ours::toString);
        assertEquals(theirs, rest);
    }
}
