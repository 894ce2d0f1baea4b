package io.latchkey.model;

import java.util.List;
import java.util.Optional;

/**
 * Holds the restrictions of a key. An empty list does not restrict.
 *
 * @param scopes ids of the client scopes the key carries, so that renaming one changes nothing; {@link #OPENID} for itself
 * @param audiences ids of the clients that stand for the APIs the key may be used at
 * @param addresses where callers must be
 * @param origins where pages that use the key must come from
 */
public record Restrictions(
        List<String> scopes, List<String> audiences, List<AddressRange> addresses, List<WebOrigin> origins) {

    /** The one scope that is no client scope of the realm. */
    public static final String OPENID = "openid";

    public static final Restrictions NONE = new Restrictions(List.of(), List.of(), List.of(), List.of());

    public Restrictions {
        scopes = List.copyOf(scopes);
        audiences = List.copyOf(audiences);
        addresses = List.copyOf(addresses);
        origins = List.copyOf(origins);
    }

    /** Whether a caller there may use the key; one whose address is unknown only where every address is good. */
    public boolean admitsAddress(Optional<String> address) {
        return addresses.isEmpty()
                || address.filter(it -> addresses.stream().anyMatch(range -> range.contains(it)))
                        .isPresent();
    }

    public boolean admitsOrigin(Optional<String> origin) {
        return origins.isEmpty()
                || origin.flatMap(WebOrigin::parse).filter(origins::contains).isPresent();
    }

    /** Whether every use these allow was allowed by the others already. Ranges are compared as they are written. */
    public boolean isWithin(Restrictions wider) {
        return isWithin(scopes, wider.scopes)
                && isWithin(audiences, wider.audiences)
                && isWithin(addresses, wider.addresses)
                && isWithin(origins, wider.origins);
    }

    private static <T> boolean isWithin(List<T> narrow, List<T> wide) {
        return wide.isEmpty() || !narrow.isEmpty() && wide.containsAll(narrow);
    }
}
