package io.latchkey.model.jpa;

import io.latchkey.key.KeyHash;
import io.latchkey.key.KeyId;
import io.latchkey.key.KeyPrefix;
import io.latchkey.model.Activation;
import io.latchkey.model.AddressRange;
import io.latchkey.model.ApiKey;
import io.latchkey.model.ComparableName;
import io.latchkey.model.EditableKeySettings;
import io.latchkey.model.KeyLineage;
import io.latchkey.model.Owner;
import io.latchkey.model.OwnerType;
import io.latchkey.model.Restrictions;
import io.latchkey.model.Revocation;
import io.latchkey.model.Rotation;
import io.latchkey.model.WebOrigin;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.annotations.OnDelete;
import org.hibernate.annotations.OnDeleteAction;

/** Row of {@code LATCHKEY_KEY}. Times are milliseconds since 1970; "no end" is the largest number, so that comparisons need no null. */
@Entity
@Table(name = "LATCHKEY_KEY")
public class KeyEntity {

    static final long NEVER = Long.MAX_VALUE;

    @Id
    @Column(name = "ID", updatable = false)
    private String id;

    @Column(name = "REALM_ID", updatable = false)
    private String realmId;

    @Column(name = "PREFIX", updatable = false)
    private String prefix;

    @Column(name = "OWNER_TYPE", updatable = false)
    private String ownerType;

    @Column(name = "OWNER_ID", updatable = false)
    private String ownerId;

    @Column(name = "NAME")
    private String name;

    /** For search and comparison, whatever the collation of the database: the {@link ComparableName}. */
    @Column(name = "NAME_LOWER")
    private String nameLower;

    @Column(name = "DESCRIPTION")
    private String description;

    @Column(name = "ACTIVATION")
    private String activation;

    // Lists of words with spaces between them.
    @Column(name = "SCOPES")
    private String scopes;

    @Column(name = "AUDIENCES")
    private String audiences;

    /** Not read with the key: verification needs the columns only. */
    @ElementCollection
    @CollectionTable(name = "LATCHKEY_KEY_TARGET", joinColumns = @JoinColumn(name = "KEY_ID"))
    @OnDelete(action = OnDeleteAction.CASCADE)
    private Set<KeyTarget> targets = new HashSet<>();

    @Column(name = "ALLOWED_IPS")
    private String allowedIps;

    @Column(name = "ALLOWED_ORIGINS")
    private String allowedOrigins;

    @Column(name = "CREATED_AT", updatable = false)
    private long createdAt;

    @Column(name = "CREATED_BY", updatable = false)
    private String createdBy;

    /** A client id as it was then; null if it is not known. */
    @Column(name = "CREATED_CLIENT", updatable = false)
    private String createdClient;

    @Column(name = "EXPIRES_AT")
    private Long expiresAt;

    @Column(name = "FAMILY", updatable = false)
    private String family;

    /** Null for the first of its family. */
    @Column(name = "FAMILY_SINCE", updatable = false)
    private Long familySince;

    @Column(name = "PREDECESSOR", updatable = false)
    private String predecessor;

    // Written on use, by statements of their own: an administrator's change must not undo or be undone by them.
    @Column(name = "CONFIRMED", updatable = false)
    private boolean confirmed;

    @Column(name = "HASH", updatable = false)
    private String hash;

    @Column(name = "PEPPER_VERSION", updatable = false)
    private int pepperVersion;

    @Column(name = "REPLACED_BY")
    private String replacedBy;

    @Column(name = "GRACE_UNTIL")
    private Long graceUntil;

    @Column(name = "END_ON_FIRST_USE")
    private boolean endOnFirstUse;

    @Column(name = "ROTATION_REQUEST")
    private String rotationRequest;

    @Column(name = "REVOKED_AT")
    private Long revokedAt;

    @Column(name = "REVOCATION_REASON")
    private String revocationReason;

    /** The earliest of expiry, end of grace period and revocation. */
    @Column(name = "ENDS_AT")
    private long endsAt;

    @Version
    @Column(name = "VERSION")
    private int version;

    protected KeyEntity() {}

    static KeyEntity of(ApiKey key) {
        KeyEntity row = new KeyEntity();
        row.id = key.id().value();
        row.realmId = key.realmId();
        row.prefix = key.prefix().toString();
        row.ownerType = key.owner().type().label();
        row.ownerId = key.owner().id();
        row.createdAt = key.createdAt().toEpochMilli();
        row.createdBy = key.createdBy();
        row.createdClient = key.origin().client().orElse(null);
        row.family = key.family();
        row.familySince =
                millis(Optional.of(key.origin().familySince()).filter(since -> since.isBefore(key.createdAt())));
        row.predecessor = key.predecessor().map(KeyId::value).orElse(null);
        row.confirmed = key.confirmed();
        row.hash = key.hash().hex();
        row.pepperVersion = key.hash().pepperVersion();
        row.apply(key);
        return row;
    }

    /** Takes over what may change after creation. */
    final void apply(ApiKey key) {
        name = key.name();
        nameLower = ComparableName.of(key.name());
        description = key.description().orElse(null);
        activation = key.activation().name();
        expiresAt = millis(key.expiresAt());
        target(key);
        allowedIps = words(key.restrictions().addresses());
        allowedOrigins = words(key.restrictions().origins());
        replacedBy = key.rotation().map(r -> r.replacedBy().value()).orElse(null);
        graceUntil = millis(key.rotation().map(Rotation::graceUntil));
        endOnFirstUse = key.rotation().map(Rotation::endOnFirstUse).orElse(false);
        rotationRequest = key.rotation().flatMap(Rotation::requestHash).orElse(null);
        revokedAt = millis(key.revocation().map(Revocation::at));
        revocationReason = key.revocation().map(r -> r.reason().name()).orElse(null);
        endsAt = Math.min(orNever(expiresAt), Math.min(orNever(graceUntil), orNever(revokedAt)));
    }

    private void target(ApiKey key) {
        String newScopes = words(key.restrictions().scopes());
        String newAudiences = words(key.restrictions().audiences());
        if (!Objects.equals(scopes, newScopes) || !Objects.equals(audiences, newAudiences)) {
            Set<KeyTarget> wanted = KeyTarget.of(key);
            targets.retainAll(wanted);
            targets.addAll(wanted);
        }
        scopes = newScopes;
        audiences = newAudiences;
    }

    final ApiKey toKey() {
        return new ApiKey(
                new KeyId(id),
                realmId,
                KeyPrefix.parse(prefix).orElseThrow(() -> new IllegalStateException("prefix of key " + id)),
                new Owner(OwnerType.ofLabel(ownerType).orElseThrow(), ownerId),
                new EditableKeySettings(
                        name,
                        Optional.ofNullable(description),
                        Activation.valueOf(activation),
                        instant(expiresAt),
                        restrictions()),
                new KeyLineage(
                        Instant.ofEpochMilli(createdAt),
                        createdBy,
                        Optional.ofNullable(createdClient),
                        family,
                        instant(familySince).orElse(Instant.ofEpochMilli(createdAt)),
                        Optional.ofNullable(predecessor).map(KeyId::new)),
                confirmed,
                rotation(),
                instant(revokedAt).map(at -> new Revocation(at, Revocation.Reason.valueOf(revocationReason))),
                new KeyHash(pepperVersion, hash),
                version);
    }

    private Restrictions restrictions() {
        return new Restrictions(
                list(scopes, Optional::of),
                list(audiences, Optional::of),
                list(allowedIps, AddressRange::parse),
                list(allowedOrigins, WebOrigin::parse));
    }

    private static String words(List<?> list) {
        return list.isEmpty() ? null : list.stream().map(Object::toString).collect(Collectors.joining(" "));
    }

    /** Fails on a word that cannot be read: a restriction must not get lost. */
    private static <T> List<T> list(String words, Function<String, Optional<T>> parse) {
        return words == null
                ? List.of()
                : Arrays.stream(words.split(" "))
                        .map(word -> parse.apply(word).orElseThrow())
                        .toList();
    }

    private Optional<Rotation> rotation() {
        return instant(graceUntil)
                .map(until -> new Rotation(
                        new KeyId(replacedBy), until, endOnFirstUse, Optional.ofNullable(rotationRequest)));
    }

    private static Long millis(Optional<Instant> time) {
        return time.map(Instant::toEpochMilli).orElse(null);
    }

    private static Optional<Instant> instant(Long millis) {
        return Optional.ofNullable(millis).map(Instant::ofEpochMilli);
    }

    private static long orNever(Long millis) {
        return millis == null ? NEVER : millis;
    }
}
