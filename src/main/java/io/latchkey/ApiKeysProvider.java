package io.latchkey;

import io.latchkey.cache.ResponseCache;
import io.latchkey.cache.ResponseCachePolicy;
import io.latchkey.charging.ChargeMode;
import io.latchkey.charging.ChargingProvider;
import io.latchkey.charging.MethodAndPath;
import io.latchkey.charging.PendingCharge;
import io.latchkey.events.KeyChangeListener;
import io.latchkey.http.ProviderDisabledException;
import io.latchkey.keycloak.OwnerCache;
import io.latchkey.keycloak.PreMatchingRequest;
import io.latchkey.keys.KeyContext;
import io.latchkey.keys.PolicyAttributeRecord;
import io.latchkey.model.ApiKeyStore;
import io.latchkey.model.CreditAmount;
import io.latchkey.model.UsageStore;
import io.latchkey.model.jpa.JpaApiKeyStore;
import io.latchkey.model.jpa.JpaPolicyAttributeRecordStore;
import io.latchkey.model.jpa.JpaUsageStore;
import io.latchkey.policy.RealmPolicy;
import io.latchkey.ratelimit.RateLimitStatus;
import io.latchkey.verify.CachedKeyLookup;
import io.latchkey.verify.KeyVerifier;
import io.latchkey.verify.KeysPerOwnerCheck;
import io.latchkey.verify.OwnerCheck;
import io.latchkey.verify.PolicyKeysPerOwnerCheck;
import io.latchkey.verify.PolicyRateLimitCheck;
import io.latchkey.verify.RejectedUseRecorder;
import io.latchkey.verify.Verification.Accepted;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.Provider;

/** Gives the endpoints of one Keycloak session access to keys, verification, policy and changes. */
public final class ApiKeysProvider implements Provider {

    /** Stays empty: a disabled provider caches no response. */
    private static final ResponseCache NO_RESPONSES = new ResponseCache(Clock.systemUTC(), Duration.ZERO);

    private final KeycloakSession session;
    private final NodeServices node;
    private final CachedKeyLookup keyLookup;

    ApiKeysProvider(KeycloakSession session, NodeServices node) {
        this.session = session;
        this.node = node;
        this.keyLookup = node.keyLookup(session);
    }

    /** @throws ProviderDisabledException where an option of the server disables the provider */
    public static ApiKeysProvider of(KeycloakSession session) {
        ApiKeysProvider provider = session.getProvider(ApiKeysProvider.class);
        if (provider == null) {
            throw new ProviderDisabledException();
        }
        return provider;
    }

    /** The response cache of this node. Needs no session. */
    public static ResponseCache responseCache() {
        return PreMatchingRequest.sessionFactory().getProviderFactory(ApiKeysProvider.class)
                        instanceof ApiKeysProviderFactory factory
                ? factory.node().responseCache
                : NO_RESPONSES;
    }

    /** The record of a realm's policy attributes. Needs no enabled provider. */
    public static PolicyAttributeRecord policyAttributeRecord(KeycloakSession session, RealmModel realm) {
        return new PolicyAttributeRecord(new JpaPolicyAttributeRecordStore(session), realm);
    }

    public Clock clock() {
        return node.clock;
    }

    public ApiKeyStore keyStore() {
        return new JpaApiKeyStore(session);
    }

    public UsageStore usageStore() {
        return new JpaUsageStore(session);
    }

    public OwnerCache ownerCache() {
        return node.ownerCache(session);
    }

    /** Keys as this node has cached them, for verification and never for changes. */
    public CachedKeyLookup keyLookup() {
        return keyLookup;
    }

    /** Whether a token that is still fresh may be returned again. */
    public boolean cachesTokens() {
        return node.options.tokenCache();
    }

    public KeyVerifier verifier() {
        return new KeyVerifier(
                keyLookup,
                node.hasher(),
                new OwnerCheck(session, ownerCache(), keysPerOwnerCheck()),
                new PolicyRateLimitCheck(this::policy, ownerCache(), node.rateLimiter),
                node.acceptedUses(session),
                clock());
    }

    public KeysPerOwnerCheck keysPerOwnerCheck() {
        return new PolicyKeysPerOwnerCheck(ownerCache(), keyLookup, clock());
    }

    /** Decides which responses of this session may be cached. */
    public ResponseCachePolicy responseCachePolicy() {
        return new ResponseCachePolicy(
                session.getContext().getRealm(), ownerCache(), keyLookup, node.uses, node.rateLimiter);
    }

    /** Gives an accepted use back to its rate limits, because the endpoint refused it; returns their status now. */
    public RateLimitStatus refund(Accepted accepted) {
        return node.rateLimiter.refund(accepted.rateLimits(), accepted.key());
    }

    /** Records rejected uses in the realm of this session. */
    public RejectedUseRecorder rejectedUses() {
        return node.rejectedUses(session);
    }

    /** The policy as this node has cached it; not for sessions that change it. */
    public RealmPolicy policy(RealmModel realm) {
        return ownerCache()
                .attachments(realm)
                .map(attachments -> (RealmPolicy)
                        attachments.computeIfAbsent(RealmPolicy.class, none -> RealmPolicy.read(realm::getAttribute)))
                .orElseGet(() -> RealmPolicy.read(realm::getAttribute));
    }

    /**
     * Prices a call; empty if the API has no prices.
     *
     * @param call read only if the API has a price list
     * @param explicit price in the request, which replaces the price list
     */
    public Optional<PendingCharge> pendingCharge(
            RealmModel realm,
            ClientModel api,
            Supplier<MethodAndPath> call,
            Optional<CreditAmount> explicit,
            ChargeMode mode) {
        return ChargingProvider.of(session)
                .flatMap(charging -> charging.pendingCharge(realm, api, call, explicit, mode));
    }

    /** The context for changes in the transaction of this session. */
    public KeyContext keyContext(RealmModel realm, KeyChangeListener audit) {
        return node.keyContext(session, realm, audit);
    }

    /** Does work that changes keys with a permit of the bulkhead; empty if none became free in time. */
    public <T> Optional<T> withPermit(Supplier<T> work) {
        return node.bulkhead.take(work);
    }

    /**
     * Changes keys in a new transaction.
     *
     * @param audit made for the session of that transaction
     * @see KeyChangeTransactions
     */
    public <T> T change(Function<KeycloakSession, KeyChangeListener> audit, Function<KeyContext, T> work) {
        return changes().run(inner -> {
            KeyContext context = of(inner).keyContext(inner.getContext().getRealm(), audit.apply(inner));
            return TransactionResult.commit(work.apply(context));
        });
    }

    /** Runs changes, each in a new transaction. */
    public KeyChangeTransactions changes() {
        return new KeyChangeTransactions(session);
    }

    @Override
    public void close() {}
}
