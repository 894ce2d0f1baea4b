package io.latchkey.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import io.latchkey.it.RealmFixture;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both pages in every language, from right to left, and at 400 % zoom. */
@ConsoleTest
class LayoutBrowserIT {

    private static final Pattern NAME_OF_A_TEXT = Pattern.compile("apiKeys[A-Z]");

    /** As long as a name may almost be, and nowhere to break it. */
    private static final String WORD = "BackupOfTheProductionDatabaseEveryNightAtTwoOClockInTheMorning";

    private static ConsoleRealm realm;

    @BeforeAll
    static void openRealm() {
        ConsoleRealm made = ConsoleRealm.create(Map.of("latchkey.brand", "company", "latchkey.env", "live"));
        made.key(ConsoleRealm.BOSS, "a-key-whose-name-is-as-long-as-its-owner-calls-reasonable");
        longKeys(made.fixture());
        realm = made;
    }

    /** Of the administrator and of somebody with a long name, restricted to a scope with a long name. */
    private static void longKeys(RealmFixture fixture) {
        Map<String, String> scope = Map.of("name", WORD, "protocol", "openid-connect");
        fixture.master().post(fixture.admin("/client-scopes"), scope).expect(201);
        fixture.user(WORD);
        for (String owner : List.of(ConsoleRealm.BOSS, WORD)) {
            Map<String, Object> key = Map.of(
                    "name", WORD,
                    "description", WORD.repeat(8),
                    "scopes", List.of(WORD, "email"),
                    "owner", Map.of("name", owner));
            fixture.master().post(fixture.adminKeys(), key).expect(201);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "de, API-Schlüssel erstellen, Name oder Schlüssel",
        "fr, Créer une clé d’API, Nom ou clé",
        "es, Crear clave de API, Nombre o clave",
        "ja, APIキーを作成, 名前またはキー"
    })
    void everyLanguageFits(String language, String create, String search, BrowserUser browserUser) {
        speak(language);
        AccountConsole account = browserUser.account(realm.name());
        account.enter(ConsoleRealm.BOSS);
        assertThat(account.marked("create-key")).hasText(create);
        assertFits(account);
        account.marked("create-key").click();
        assertFits(account);

        AdminConsole admin = browserUser.admin(realm.name());
        admin.open();
        assertThat(admin.field(search)).isVisible();
        assertThat(admin.rows().first()).isVisible();
        assertFits(admin);
        admin.page().navigate(admin.home() + "/policy");
        assertThat(admin.our().locator("form.ak-policy")).isVisible();
        assertFits(admin);
    }

    @Test
    void thePagesGoFromRightToLeft(BrowserUser browserUser) {
        speak("ar");
        AccountConsole account = browserUser.account(realm.name());
        account.enter(ConsoleRealm.BOSS);
        assertThat(account.rows().first()).isVisible();
        assertFromTheRight(account);
        account.picture("account-from-the-right");
        assertThat(account.our().locator("code").first()).hasAttribute("dir", "ltr");
        account.rows().first().getByRole(AriaRole.BUTTON).click();
        assertFits(account);
        account.press("Escape");
        account.marked("create-key").click();
        assertFromTheRight(account);

        AdminConsole admin = browserUser.admin(realm.name());
        admin.open();
        assertThat(admin.rows().first()).isVisible();
        // The console itself does not say so; a theme of a company may.
        admin.page().evaluate("() => { document.documentElement.dir = 'rtl'; }");
        assertFromTheRight(admin);
        admin.picture("admin-from-the-right");
        admin.tab("Policy").click();
        assertThat(admin.field("Brand")).isVisible();
        assertFromTheRight(admin);
    }

    @Test
    void fourTimesAsLargeIsReadWithoutScrollingSideways(BrowserUser browserUser) {
        speak("en");
        AccountConsole account = browserUser.account(realm.name());
        account.resize(320, 256);
        account.enter(ConsoleRealm.BOSS);
        assertThat(account.rows().first()).isVisible();
        assertFits(account);
        account.rows().first().getByRole(AriaRole.BUTTON).click();
        account.assertFits();
        account.press("Escape");

        account.marked("create-key").click();
        account.field("Name").fill("large");
        assertFits(account);
        account.picture("account-large");
        account.marked("create-submit").click();
        assertThat(account.marked("secret")).isInViewport();
        assertFits(account);
        account.marked("done").click();
        assertThat(account.row("large")).isVisible();
    }

    @Test
    void theAdministratorsPageIsReadFourTimesAsLargeToo(BrowserUser browserUser) {
        speak("en");
        AdminConsole admin = browserUser.admin(realm.name());
        admin.resize(320, 256);
        admin.enter(ConsoleRealm.BOSS);
        Locator key = admin.rows().first();
        assertThat(key).isVisible();
        assertFits(admin);
        admin.picture("admin-large");
        admin.button("Create API key").click();
        assertFits(admin);
        admin.inDialog("Cancel").click();

        key.getByRole(AriaRole.LINK).first().click();
        assertThat(admin.our().getByText("Key ID")).isVisible();
        assertFits(admin);
        admin.tab("Policy").click();
        assertThat(admin.field("Brand")).isVisible();
        assertFits(admin);
    }

    @ParameterizedTest
    @ValueSource(ints = {390, 800, 1000, 1210, 1280, 1600})
    void theMenuOfEachRowIsInReachBesideALongWord(int width, BrowserUser browserUser) {
        speak("en");
        AccountConsole account = browserUser.account(realm.name());
        account.resize(width, 900);
        account.enter(ConsoleRealm.BOSS);
        assertMenusInReach(account, "account-long-" + width);

        AdminConsole admin = browserUser.admin(realm.name());
        admin.resize(width, 900);
        admin.open();
        assertMenusInReach(admin, "admin-long-" + width);
    }

    private static void assertMenusInReach(ConsolePage console, String picture) {
        Locator.FilterOptions word = new Locator.FilterOptions().setHasText(WORD);
        assertThat(console.rows().filter(word).first()).isVisible();
        console.picture(picture);
        console.assertFits();
        for (Locator row : console.rows().all()) {
            // A trial click fails where the button is covered or outside.
            row.getByRole(AriaRole.BUTTON).click(new Locator.ClickOptions().setTrial(true));
        }
        assertEquals(List.of(), console.spilling());
        Locator menu = console.rows().last().getByRole(AriaRole.BUTTON);
        menu.click();
        console.assertFits();
        console.press("Escape");
    }

    /** From now on there is no other language, whatever a browser asks for. */
    private static void speak(String language) {
        realm.set(Map.of(
                "internationalizationEnabled", true, "supportedLocales", List.of(language), "defaultLocale", language));
    }

    private static void assertFromTheRight(ConsolePage console) {
        assertFits(console);
        assertEquals("rtl", console.heading().evaluate("(it) => getComputedStyle(it).direction"));
    }

    private static void assertFits(ConsolePage console) {
        assertThat(console.our()).not().containsText(NAME_OF_A_TEXT);
        console.assertFits();
        console.assertAccessible();
    }
}
