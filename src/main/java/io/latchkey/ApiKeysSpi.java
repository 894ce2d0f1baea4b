package io.latchkey;

import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** Registers {@link ApiKeysProvider} as a Keycloak SPI; its server options are {@code --spi-latchkey--default--...}. */
public final class ApiKeysSpi implements Spi {

    @Override
    public boolean isInternal() {
        return true;
    }

    @Override
    public String getName() {
        return "latchkey";
    }

    @Override
    public Class<? extends Provider> getProviderClass() {
        return ApiKeysProvider.class;
    }

    @Override
    public Class<? extends ProviderFactory<ApiKeysProvider>> getProviderFactoryClass() {
        return ApiKeysProviderFactory.class;
    }
}
