package io.latchkey.credits.ledger;

import io.latchkey.policy.PlanDocument;
import org.jboss.logging.Logger;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;

/**
 * Removes credits with their owner, API or realm, and renames the plan attributes of a renamed API, in the same transaction.
 */
public final class CreditRemovalListener implements ProviderEventListener {

    private static final Logger LOG = Logger.getLogger(CreditRemovalListener.class);

    @Override
    public void onEvent(ProviderEvent event) {
        if (event instanceof UserModel.UserPreRemovedEvent removed) {
            new CreditAdminStore(removed.getKeycloakSession())
                    .removeOwner(removed.getRealm().getId(), removed.getUser().getId());
        } else if (event instanceof ClientModel.ClientRemovedEvent removed) {
            new CreditAdminStore(removed.getKeycloakSession())
                    .removeApi(removed.getClient().getId());
        } else if (event instanceof RealmModel.RealmRemovedEvent removed) {
            new CreditAdminStore(removed.getKeycloakSession())
                    .removeRealm(removed.getRealm().getId());
        } else if (event instanceof ClientModel.ClientIdChangeEvent renamed) {
            ClientModel client = renamed.getUpdatedClient();
            rename(client.getRealm(), renamed.getPreviousClientId(), client.getClientId());
        }
    }

    /** The attributes of plans contain client ids. */
    private static void rename(RealmModel realm, String before, String now) {
        if (before == null || before.equals(now)) {
            return;
        }
        String attribute = PlanDocument.CREDITS_PREFIX + before;
        realm.getRolesStream()
                .filter(role -> role.getFirstAttribute(attribute) != null)
                .toList()
                .forEach(role -> {
                    String allowance = role.getFirstAttribute(attribute);
                    role.removeAttribute(attribute);
                    PlanDocument.attributeOf(now)
                            .ifPresentOrElse(
                                    name -> role.setSingleAttribute(name, allowance),
                                    () -> LOG.warnf(
                                            "Plan %s gives no credits at the renamed client %s any more: its name is too long",
                                            role.getName(), now));
                });
    }
}
