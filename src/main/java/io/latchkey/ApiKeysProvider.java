package io.latchkey;

import io.latchkey.charging.ChargeMode;
import io.latchkey.charging.ChargingProvider;
import io.latchkey.charging.PendingCharge;
import io.latchkey.charging.PricedCall;
import io.latchkey.charging.SubsequentCallCharge;
import io.latchkey.enforcement.BufferedUseRecorder;
import io.latchkey.enforcement.PolicyKeyQuotaCheck;
import io.latchkey.enforcement.PolicyRateLimitCheck;
import io.latchkey.enforcement.RejectedUseRecorder;
import io.latchkey.enforcement.SubsequentUse;
import io.latchkey.enforcement.UsedApi;
import io.latchkey.events.KeyChangeListener;
import io.latchkey.key.KeyId;
import io.latchkey.keycloak.KeycloakSessions;
import io.latchkey.keycloak.OwnerCache;
import io.latchkey.keycloak.PendingCacheEntry;
import io.latchkey.keycloak.ResponseCache;
import io.latchkey.keys.KeyContext;
import io.latchkey.model.ApiKey;
import io.latchkey.model.ApiKeyStore;
import io.latchkey.model.Credits;
import io.latchkey.model.UsageStore;
import io.latchkey.model.jpa.JpaApiKeyStore;
import io.latchkey.model.jpa.JpaUsageStore;
import io.latchkey.policy.RealmPolicy;
import io.latchkey.ratelimit.RateLimitHandle;
import io.latchkey.ratelimit.RateLimitStatus;
import io.latchkey.verify.CachedKeyLookup;
import io.latchkey.verify.KeyQuotaCheck;
import io.latchkey.verify.KeyUseRequest;
import io.latchkey.verify.KeyVerifier;
import io.latchkey.verify.OwnerCheck;
import io.latchkey.verify.Purpose;
import io.latchkey.verify.Verification.Accepted;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.Provider;

/** Gives the endpoints of one Keycloak session access to keys, verification, policy and changes. */
public final class ApiKeysProvider implements Provider {

    /** Stays empty: without a provider no response is cached. */
    private static final ResponseCache NO_RESPONSES = new ResponseCache(Clock.systemUTC(), Duration.ZERO);

    private final KeycloakSession session;
    private final ApiKeysProviderFactory factory;
    private final Set<KeyId> readEarly = new HashSet<>();

    ApiKeysProvider(KeycloakSession session, ApiKeysProviderFactory factory) {
        this.session = session;
        this.factory = factory;
    }

    /** @throws ProviderDisabledException where an option of the server disables the provider */
    public static ApiKeysProvider of(KeycloakSession session) {
        ApiKeysProvider provider = session.getProvider(ApiKeysProvider.class);
        if (provider == null) {
            throw new ProviderDisabledException();
        }
        return provider;
    }

    public ApiKeyStore keys() {
        return new JpaApiKeyStore(session);
    }

    public UsageStore usage() {
        return new JpaUsageStore(session);
    }

    /** What this node may remember beside users and realms. */
    public OwnerCache ownerCache() {
        return new OwnerCache(session, factory.clock(), factory.cacheMaxAge());
    }

    /** The keys as this node knows them: for questions, never for changes. */
    public CachedKeyLookup known() {
        return new CachedKeyLookup(this::keys, factory.index(), ownerCache(), readEarly);
    }

    /** Whether a token that is still fresh may be handed out again. */
    public boolean cachesTokens() {
        return factory.cachesTokens();
    }

    /**
     * Has the answer that is about to be given repeated for a moment, as long as the verdict stands that it follows from. Each time
     * it is counted, and paid where it has a price.
     *
     * @param request what was decided about
     * @param end when the answer is wrong in any case
     * @param door makes the answer to one more use
     */
    public void repeat(
            KeyUseRequest request,
            Accepted accepted,
            Optional<Instant> end,
            Function<SubsequentUse, ResponseCache.Repetition> door) {
        PendingCacheEntry.current()
                .ifPresent(question -> ownerCache()
                        .validity(accepted.owner())
                        .flatMap(unchanged -> repeated(request, accepted)
                                .map(use -> new ResponseCache.Dependencies(unchanged, end, door.apply(use))))
                        .ifPresent(question::permitCaching));
    }

    private Optional<SubsequentUse> repeated(KeyUseRequest request, Accepted accepted) {
        ApiKey key = accepted.key();
        boolean counted = request.purpose() == Purpose.USE;
        Optional<SubsequentCallCharge> repeatableCharge = request.pendingCharge()
                .flatMap(pendingCharge -> pendingCharge.repeatable(accepted.owner(), Optional.of(key.id())));
        // A price is to be charged each time; a key read before its owner may be older; the first use of a successor is
        // more than a count; and a question takes nothing from limits.
        if (request.pendingCharge().isPresent() && repeatableCharge.isEmpty()
                || readEarly.contains(key.id())
                || key.predecessor().isPresent() && !key.confirmed()
                || !counted && !accepted.rateLimits().isUnlimited()) {
            return Optional.empty();
        }
        String api = UsedApi.id(session.getContext().getRealm(), request);
        RateLimitHandle limits = factory.limiter().handle(accepted.rateLimits(), key);
        return Optional.of(
                new SubsequentUse(factory.uses(), key.id(), api, request.address(), counted, limits, repeatableCharge));
    }

    /** What this node answers again without a session. */
    public static ResponseCache responseCache() {
        return KeycloakSessions.factory().getProviderFactory(ApiKeysProvider.class)
                        instanceof ApiKeysProviderFactory factory
                ? factory.responseCache()
                : NO_RESPONSES;
    }

    public KeyVerifier verifier() {
        BufferedUseRecorder use = new BufferedUseRecorder(
                session.getContext(),
                factory.uses(),
                factory.rehashBuffer(),
                factory.firstUses(),
                new SuccessorActivation(session));
        PolicyRateLimitCheck meter = new PolicyRateLimitCheck(this::policy, ownerCache(), factory.limiter());
        return new KeyVerifier(
                known(),
                factory.hasher(),
                new OwnerCheck(session, ownerCache(), placement()),
                meter,
                use,
                factory.clock());
    }

    /** Which keys are above the limit of their owner. */
    public KeyQuotaCheck placement() {
        return new PolicyKeyQuotaCheck(ownerCache(), known(), factory.clock());
    }

    /** The policy as this node knows it: not for those who change it. */
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
            RealmModel realm, ClientModel api, Supplier<PricedCall> call, Optional<Credits> explicit, ChargeMode mode) {
        return ChargingProvider.of(session)
                .flatMap(charging -> charging.pendingCharge(realm, api, call, explicit, mode));
    }

    public Clock clock() {
        return factory.clock();
    }

    /** The context for changes in the transaction of this session. */
    public KeyContext keyContext(RealmModel realm, KeyChangeListener audit) {
        return new KeyContext(session, realm, keys(), factory.generator(), factory.hasher(), factory.clock(), audit);
    }

    /** Does work that changes keys when its turn has come; nothing when it did not come in time. */
    public <T> Optional<T> withPermit(Supplier<T> work) {
        return factory.bulkhead().take(work);
    }

    /**
     * Makes a change of keys in a transaction of its own.
     *
     * @param audit who is told, bound to the session of that transaction
     * @see KeyChangeTransactions
     */
    public <T> T change(Function<KeycloakSession, KeyChangeListener> audit, Function<KeyContext, T> work) {
        return changes().run(inner -> {
            KeyContext context = of(inner).keyContext(inner.getContext().getRealm(), audit.apply(inner));
            return TransactionResult.commit(work.apply(context));
        });
    }

    /** Where changes are made, each in a transaction of its own. */
    public KeyChangeTransactions changes() {
        return new KeyChangeTransactions(session);
    }

    /** Has an accepted use cost nothing of its limits, since it was refused what it came for; answers how it stands now. */
    public RateLimitStatus refund(Accepted accepted) {
        return factory.limiter().refund(accepted.rateLimits(), accepted.key());
    }

    /** What becomes of uses that are refused. */
    public RejectedUseRecorder rejections() {
        return factory.failures().in(session.getContext().getRealm());
    }

    @Override
    public void close() {}
}
