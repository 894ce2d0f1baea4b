package io.latchkey.charging;

import org.keycloak.provider.ProviderFactory;

/** Creates {@link ChargingProvider} for each Keycloak session. */
public interface ChargingProviderFactory extends ProviderFactory<ChargingProvider> {}
