package io.latchkey.rest.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.ApiKeysProvider;
import io.latchkey.http.JsonFields;
import io.latchkey.key.ExportChecksum;
import io.latchkey.key.KeyHash;
import io.latchkey.key.KeyId;
import io.latchkey.key.KeyKind;
import io.latchkey.key.KeyPrefix;
import io.latchkey.keys.Actor;
import io.latchkey.keys.RestrictionChange;
import io.latchkey.model.Activation;
import io.latchkey.model.ApiKey;
import io.latchkey.model.EditableKeySettings;
import io.latchkey.model.KeyLineage;
import io.latchkey.model.Owner;
import io.latchkey.model.OwnerType;
import io.latchkey.model.Restrictions;
import io.latchkey.policy.FieldError;
import io.latchkey.policy.ScopeAndClientResolver;
import io.latchkey.rest.KeyRequestParser;
import io.latchkey.rest.OwnerLookup;
import io.latchkey.rest.RestrictionFields;
import io.latchkey.rest.UserNames;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Reads and writes a key in the export format. Owners are named, since their ids differ between installations. */
final class ExportedKeyJson {

    private static final String CHECKSUM = "checksum";
    private static final int LATEST_VERSION = 999_999_999;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final ScopeAndClientResolver names;
    private final UserNames users;
    private final Clock clock;

    /** Families get new ids: they are also ids of credentials here, where the old one may be taken. */
    private final Map<String, String> families = new HashMap<>();

    ExportedKeyJson(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.names = new ScopeAndClientResolver(realm);
        this.users = new UserNames(session);
        this.clock = ApiKeysProvider.of(session).clock();
    }

    List<ObjectNode> write(List<ApiKey> keys) {
        users.load(keys);
        return keys.stream().map(this::write).toList();
    }

    private ObjectNode write(ApiKey key) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", key.id().value());
        json.put("prefix", key.prefix().toString());
        json.putObject("owner").put("type", key.owner().type().label()).put("name", ownerName(key.owner()));
        json.put("name", key.name());
        json.put("description", key.description().orElse(null));
        json.put("enabled", key.enabled());
        json.put("createdAt", key.createdAt().toString());
        // With what ends first, so that a replaced key keeps the end of its grace period.
        json.put("expiresAt", key.endsAt().map(Instant::toString).orElse(null));
        json.put("family", key.family());
        put(json.putArray("scopes"), names.scopes(key.restrictions().scopes()));
        put(json.putArray("audiences"), names.audiences(key.restrictions().audiences()));
        put(json.putArray("allowedIps"), key.restrictions().addresses());
        put(json.putArray("allowedOrigins"), key.restrictions().origins());
        json.putObject("hash")
                .put("pepperVersion", key.hash().pepperVersion())
                .put("value", key.hash().hex())
                .put(CHECKSUM, ExportChecksum.of(key.prefix(), key.id(), key.hash()));
        return json;
    }

    private static void put(ArrayNode array, List<?> values) {
        values.forEach(value -> array.add(value.toString()));
    }

    Optional<ApiKey> read(JsonNode node, Actor actor, Consumer<FieldError> wrong) {
        if (!(node instanceof ObjectNode object)) {
            wrong.accept(new FieldError("", "must be an object"));
            return Optional.empty();
        }
        JsonFields fields = JsonFields.of(object);
        Optional<KeyId> id = fields.required("id", fields.parsed("id", KeyId::parse, KeyId.FAULT));
        Optional<KeyPrefix> prefix =
                fields.required("prefix", fields.choice("prefix", KeyPrefix::parse, "the beginnings of keys"));
        Optional<Owner> owner = new OwnerLookup(session).read(fields);
        Optional<Instant> expires = fields.instant("expiresAt").given();
        Optional<EditableKeySettings> settings = settings(fields, prefix, expires);
        Optional<KeyLineage> origin = origin(fields, owner, actor, expires);
        Optional<KeyHash> hash = hash(fields, id, prefix);
        fields.errors().forEach(wrong);
        return fields.errors().isEmpty()
                ? Optional.of(new ApiKey(
                        id.orElseThrow(),
                        realm.getId(),
                        prefix.orElseThrow(),
                        owner.orElseThrow(),
                        settings.orElseThrow(),
                        origin.orElseThrow(),
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        hash.orElseThrow(),
                        0))
                : Optional.empty();
    }

    private Optional<EditableKeySettings> settings(
            JsonFields fields, Optional<KeyPrefix> prefix, Optional<Instant> expires) {
        Optional<String> name = KeyRequestParser.name(fields);
        Optional<String> description = KeyRequestParser.description(fields);
        boolean enabled = fields.flag("enabled").given().orElse(true);
        Restrictions restrictions = restrictions(fields);
        if (prefix.filter(it -> it.kind() == KeyKind.PUBLISHABLE).isPresent()
                && restrictions.origins().isEmpty()) {
            fields.reject("allowedOrigins", "a publishable key needs at least one");
        }
        return name.map(given -> new EditableKeySettings(
                given,
                description,
                enabled ? Activation.ENABLED : Activation.DISABLED_BY_ADMIN,
                expires.map(ExportedKeyJson::millis),
                restrictions));
    }

    private Optional<KeyLineage> origin(
            JsonFields fields, Optional<Owner> owner, Actor actor, Optional<Instant> expires) {
        Optional<Instant> created = fields.required("createdAt", fields.instant("createdAt"));
        boolean upsideDown =
                created.isPresent() && expires.isPresent() && expires.get().isBefore(created.get());
        if (upsideDown || created.filter(clock.instant()::isBefore).isPresent()) {
            fields.reject("createdAt", "must be in the past, and before the end");
        }
        Optional<String> family = fields.required("family", fields.choice("family", ExportedKeyJson::uuid, "UUIDs"));
        return created.isPresent() && family.isPresent() && owner.isPresent()
                ? Optional.of(new KeyLineage(
                        millis(created.get()),
                        actor.userId(),
                        actor.client(),
                        families.computeIfAbsent(
                                family.get() + owner.get().id(), old -> KeycloakModelUtils.generateId()),
                        millis(created.get()),
                        Optional.empty()))
                : Optional.empty();
    }

    /** The exporting installation allowed these restrictions. Only the scopes and clients that they name must exist here. */
    private Restrictions restrictions(JsonFields fields) {
        RestrictionChange read = RestrictionFields.read(fields);
        return new Restrictions(
                ids(fields, "scopes", read.scopes().given().orElse(List.of()), names::scopeId),
                ids(fields, "audiences", read.audiences().given().orElse(List.of()), names::audienceId),
                read.addresses().given().orElse(List.of()),
                read.origins().given().orElse(List.of()));
    }

    private static List<String> ids(
            JsonFields fields, String field, List<String> wanted, Function<String, Optional<String>> find) {
        List<String> ids =
                wanted.stream().flatMap(name -> find.apply(name).stream()).toList();
        if (ids.size() < wanted.size()) {
            fields.reject(field, "not all of them exist here");
        }
        return ids.stream().distinct().toList();
    }

    private static Optional<KeyHash> hash(JsonFields fields, Optional<KeyId> id, Optional<KeyPrefix> prefix) {
        Optional<JsonFields> inner = fields.required("hash", fields.object("hash"));
        if (inner.isEmpty()) {
            return Optional.empty();
        }
        JsonFields hash = inner.get();
        Optional<Integer> version = hash.required("pepperVersion", hash.whole("pepperVersion", 0, LATEST_VERSION));
        Optional<String> value =
                hash.required("value", hash.choice("value", ExportedKeyJson::hex, "64 hexadecimal digits"));
        Optional<String> checksum = hash.raw(CHECKSUM).given();
        if (version.isEmpty() || value.isEmpty() || id.isEmpty() || prefix.isEmpty()) {
            return Optional.empty();
        }
        KeyHash read = new KeyHash(version.get(), value.get());
        if (checksum.filter(ExportChecksum.of(prefix.get(), id.get(), read)::equals)
                .isEmpty()) {
            fields.reject(
                    "hash",
                    "is not that of key " + id.get() + " in an export of Latchkey: keys of other systems cannot be"
                            + " imported, because a key is found by the id in its text");
            return Optional.empty();
        }
        return Optional.of(read);
    }

    private String ownerName(Owner owner) {
        return owner.type() == OwnerType.USER
                ? users.username(owner.id()).orElse(null)
                : users.client(owner.id())
                        .map(realm::getClientById)
                        .map(ClientModel::getClientId)
                        .orElse(null);
    }

    private static Optional<String> uuid(String text) {
        return text.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}") ? Optional.of(text) : Optional.empty();
    }

    private static Optional<String> hex(String text) {
        return text.matches("[0-9a-f]{64}") ? Optional.of(text) : Optional.empty();
    }

    private static Instant millis(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS);
    }
}
