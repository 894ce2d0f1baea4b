package io.latchkey.keys;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.fakes.RealmStub;
import io.latchkey.model.Activation;
import io.latchkey.model.AddressRange;
import io.latchkey.model.EditableKeySettings;
import io.latchkey.model.Restrictions;
import io.latchkey.model.WebOrigin;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.RealmModel;

final class LooseningCheckTest {

    private static final Instant END = Instant.parse("2030-01-01T00:00:00Z");

    private final RealmStub clients = new RealmStub();
    private final RealmModel realm = clients.model();

    @Test
    void nameAndDescriptionLoosenNothing() {
        EditableKeySettings before = settings(Activation.ENABLED, Optional.of(END), Restrictions.NONE);
        EditableKeySettings after = new EditableKeySettings(
                "other", Optional.of("words"), Activation.ENABLED, Optional.of(END), Restrictions.NONE);

        assertFalse(LooseningCheck.loosens(realm, before, after));
    }

    @Test
    void enablingLoosensAndDisablingDoesNot() {
        EditableKeySettings on = settings(Activation.ENABLED, Optional.empty(), Restrictions.NONE);
        EditableKeySettings off = settings(Activation.DISABLED_BY_OWNER, Optional.empty(), Restrictions.NONE);

        assertTrue(LooseningCheck.loosens(realm, off, on));
        assertFalse(LooseningCheck.loosens(realm, on, off));
    }

    @Test
    void aLaterOrNoEndLoosensAndAnEarlierOneDoesNot() {
        assertTrue(end(Optional.of(END), Optional.of(END.plusMillis(1))));
        assertTrue(end(Optional.of(END), Optional.empty()));
        assertFalse(end(Optional.of(END), Optional.of(END.minusMillis(1))));
        assertFalse(end(Optional.empty(), Optional.of(END)));
        assertFalse(end(Optional.empty(), Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({"a b,a,false", "a,b,true", "a,a b,true", "a,'',true", "'',a,false", "'','',false", "a b,b a,false"})
    void moreOrNoneOfARestrictionLoosens(String before, String after, boolean loosens) {
        assertTrue(loosens == restrictions(words(before, "", ""), words(after, "", "")));
        assertTrue(loosens == restrictions(words("", before, ""), words("", after, "")));
        assertTrue(loosens == restrictions(words("", "", before), words("", "", after)));
    }

    @Test
    void addressesLoosenAsTheOthersDo() {
        Restrictions here = addresses("192.0.2.1");

        assertTrue(restrictions(here, Restrictions.NONE));
        assertTrue(restrictions(here, addresses("192.0.2.1", "192.0.2.2")));
        assertTrue(restrictions(here, addresses("192.0.2.0/24")));
        assertFalse(restrictions(Restrictions.NONE, here));
    }

    @ParameterizedTest
    @ValueSource(strings = {"account", "realm-management"})
    void theFirstAudienceThatIsKeycloakLoosens(String clientId) {
        clients.narrowClient(clientId);
        Restrictions after = words("", RealmStub.id(clientId).replace(' ', '_'), "");
        Restrictions named = new Restrictions(List.of(), RealmStub.ids(clientId), List.of(), List.of());

        assertTrue(restrictions(Restrictions.NONE, named));
        assertFalse(restrictions(named, named));
        assertFalse(restrictions(Restrictions.NONE, after));
    }

    private boolean end(Optional<Instant> before, Optional<Instant> after) {
        return LooseningCheck.loosens(
                realm,
                settings(Activation.ENABLED, before, Restrictions.NONE),
                settings(Activation.ENABLED, after, Restrictions.NONE));
    }

    private boolean restrictions(Restrictions before, Restrictions after) {
        return LooseningCheck.loosens(
                realm,
                settings(Activation.ENABLED, Optional.empty(), before),
                settings(Activation.ENABLED, Optional.empty(), after));
    }

    private static Restrictions words(String scopes, String audiences, String origins) {
        return new Restrictions(
                split(scopes),
                split(audiences),
                List.of(),
                split(origins).stream()
                        .map(host ->
                                WebOrigin.parse("https://" + host + ".example").orElseThrow())
                        .toList());
    }

    private static List<String> split(String words) {
        return words.isEmpty() ? List.of() : List.of(words.split(" "));
    }

    private static Restrictions addresses(String... ranges) {
        return new Restrictions(
                List.of(),
                List.of(),
                Arrays.stream(ranges)
                        .map(range -> AddressRange.parse(range).orElseThrow())
                        .toList(),
                List.of());
    }

    private static EditableKeySettings settings(
            Activation activation, Optional<Instant> end, Restrictions restrictions) {
        return new EditableKeySettings("name", Optional.empty(), activation, end, restrictions);
    }
}
