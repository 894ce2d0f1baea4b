package io.latchkey.rest.admin;

import io.latchkey.events.KeyChangeListener;
import io.latchkey.model.ApiKey;
import io.latchkey.model.Revocation;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/**
 * Writes changes of keys as Keycloak admin events with the resource path {@code users/{owner}/api-keys/{id}}. Keycloak can
 * filter events of resource type USER, but not those of a custom type.
 */
final class AdminEventAudit implements KeyChangeListener {

    private final AdminEventBuilder events;

    /** @param events bound to the transaction that makes the changes */
    AdminEventAudit(AdminEventBuilder events) {
        this.events = events;
    }

    @Override
    public void created(ApiKey key) {
        send(OperationType.CREATE, key, Map.of());
    }

    @Override
    public void changed(ApiKey before, ApiKey after) {
        send(OperationType.UPDATE, after, Map.of());
    }

    @Override
    public void rotated(ApiKey old, ApiKey successor) {
        send(OperationType.ACTION, old, Map.of("replacedBy", successor.id().value()));
    }

    @Override
    public void revoked(ApiKey key, Revocation.Reason reason) {
        send(OperationType.DELETE, key, Map.of("reason", reason.name().toLowerCase(Locale.ROOT)));
    }

    private void send(OperationType operation, ApiKey key, Map<String, String> more) {
        Map<String, Object> representation = new LinkedHashMap<>();
        representation.put("id", key.id().value());
        representation.put("name", key.name());
        representation.put("preview", key.preview());
        representation.put("enabled", key.enabled());
        representation.put("expiresAt", key.expiresAt().map(Object::toString).orElse(null));
        representation.putAll(more);
        events.operation(operation)
                .resource(ResourceType.USER)
                .resourcePath("users", key.owner().id(), "api-keys", key.id().value())
                .representation(representation)
                .success();
    }
}
