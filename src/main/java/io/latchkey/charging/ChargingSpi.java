package io.latchkey.charging;

import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** Registers {@link ChargingProvider} with Keycloak. */
public final class ChargingSpi implements Spi {

    @Override
    public boolean isInternal() {
        return true;
    }

    @Override
    public String getName() {
        return "latchkeyCharging";
    }

    @Override
    public Class<? extends Provider> getProviderClass() {
        return ChargingProvider.class;
    }

    @Override
    public Class<? extends ProviderFactory<ChargingProvider>> getProviderFactoryClass() {
        return ChargingProviderFactory.class;
    }
}
