package io.latchkey.credits.pricing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.latchkey.charging.ChargingProvider;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.ClientModel;

/**
 * Reads the price lists of APIs from an attribute of their clients, and caches the parsed lists. Calls of an API without a list
 * are free.
 */
public final class PriceLists {

    /** Client attribute. */
    public static final String ATTRIBUTE = ChargingProvider.PRICE_ATTRIBUTE;

    private static final Logger LOG = Logger.getLogger(PriceLists.class);
    private static final int MAX_ENTRIES = 1000;

    private final Cache<String, PriceList> cache =
            Caffeine.newBuilder().maximumSize(MAX_ENTRIES).build();

    public Optional<PriceList> of(ClientModel api) {
        String text = api.getAttribute(ATTRIBUTE);
        return text == null || text.isBlank()
                ? Optional.empty()
                : Optional.of(cache.get(text, list -> parse(api, list)));
    }

    private static PriceList parse(ClientModel api, String text) {
        PriceList list = PriceList.parse(text);
        if (!list.isValid()) {
            LOG.warnf(
                    "The attribute %s of client %s in realm %s cannot be understood: every call costs %s credits",
                    ATTRIBUTE, api.getId(), api.getRealm().getId(), list.most());
        }
        return list;
    }
}
