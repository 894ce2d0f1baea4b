package io.latchkey.credits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.ClientModel;

/** The price lists of APIs, which are attributes of their clients. An API without one takes no credits. */
public final class PriceLists {

    /** Client attribute. */
    public static final String ATTRIBUTE = "latchkey.credits.price";

    private static final Logger LOG = Logger.getLogger(PriceLists.class);
    private static final int REMEMBERED = 1000;

    private final Cache<String, PriceList> read =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    public Optional<PriceList> of(ClientModel api) {
        String text = api.getAttribute(ATTRIBUTE);
        return text == null || text.isBlank()
                ? Optional.empty()
                : Optional.of(read.get(text, list -> parse(api, list)));
    }

    private static PriceList parse(ClientModel api, String text) {
        PriceList list = PriceList.parse(text);
        if (!list.isRight()) {
            LOG.warnf(
                    "The attribute %s of client %s in realm %s cannot be understood: every call costs %s credits",
                    ATTRIBUTE, api.getId(), api.getRealm().getId(), list.most());
        }
        return list;
    }
}
