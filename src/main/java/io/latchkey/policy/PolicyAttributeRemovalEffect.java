package io.latchkey.policy;

import java.util.Map;

/** Describes the effect of removing a policy attribute, for log, REST and documentation. */
final class PolicyAttributeRemovalEffect {

    private static final Map<PolicyAttribute<?>, String> EFFECTS = Map.ofEntries(
            Map.entry(
                    PolicyAttributes.CREATION,
                    "Stops: people can no longer create keys for themselves. Their keys continue to work."),
            Map.entry(
                    PolicyAttributes.MAX_KEYS,
                    "No longer limited: suspended keys work again. An owner can create keys up to the default of 10."),
            Map.entry(
                    PolicyAttributes.DEFAULT_LIFETIME,
                    "Changes: a new key that names no end lives 90 days, or the longest lifetime if that is shorter."),
            Map.entry(
                    PolicyAttributes.MAX_LIFETIME,
                    "No longer limited: a new key may live for any time, or have no end."),
            Map.entry(PolicyAttributes.BRAND, "Changes: new keys begin with kc. Existing keys keep their text."),
            Map.entry(PolicyAttributes.ENV, "Changes: new keys name no environment. Existing keys keep their text."),
            Map.entry(
                    PolicyAttributes.KINDS,
                    "Changes: only secret keys can be created. Existing publishable keys continue to work."),
            Map.entry(
                    PolicyAttributes.SCOPES,
                    "Stops: people can no longer give scopes to keys. Existing keys keep their scopes."),
            Map.entry(
                    PolicyAttributes.REQUIRE_IP,
                    "No longer limited: a new secret key may be used from any address. Existing keys keep their addresses."),
            Map.entry(
                    PolicyAttributes.CLIENT,
                    "Stops: a token request that names no client is refused, and so are keys at Keycloak's own REST and at"
                            + " forward-auth without an audience. Changes: forward-auth with an audience makes tokens at that client."),
            Map.entry(
                    PolicyAttributes.SESSION,
                    "Stops: tokens of keys get no refresh token. Sessions that are open stay until they end."),
            Map.entry(
                    PolicyAttributes.TOKEN_LIFESPAN,
                    "Changes: new tokens of keys live 5 minutes, or as long as the realm's if that is shorter."),
            Map.entry(
                    PolicyAttributes.KEYCLOAK_REST,
                    "Stops: userinfo, account REST and admin REST no longer accept keys or their tokens."),
            Map.entry(
                    PolicyAttributes.REAUTH_AGE,
                    "No longer limited: a login of any age suffices to create or rotate a key in a console."),
            Map.entry(
                    PolicyAttributes.MANAGEMENT_CLIENTS,
                    "Stops: tokens of other clients than the account console can no longer create, rotate or loosen keys."),
            Map.entry(PolicyAttributes.UPGRADE_URL, "Changes: people without a plan are not sent anywhere to get one."),
            Map.entry(PolicyAttributes.EXAMPLE_URL, "Changes: the account console names no API to try a new key at."),
            Map.entry(
                    PolicyAttributes.LOCKOUT,
                    "Stops: keys of an owner that brute-force detection has locked are refused until the lock ends."),
            Map.entry(
                    PolicyAttributes.TIME_ZONE,
                    "Changes: days and months of credits are those of UTC, so that a period may begin anew."),
            Map.entry(
                    PolicyAttributes.RATE_LIMIT,
                    "No longer limited: a key may be used at any rate, unless its owner's limit stands in the way."),
            Map.entry(
                    PolicyAttributes.OWNER_RATE_LIMIT,
                    "No longer limited: the keys of an owner together may be used at any rate."));

    private PolicyAttributeRemovalEffect() {}

    static String of(PolicyAttribute<?> attribute) {
        return EFFECTS.getOrDefault(attribute, "Changes: the default applies.");
    }

    static boolean isKnown(PolicyAttribute<?> attribute) {
        return EFFECTS.containsKey(attribute);
    }
}
