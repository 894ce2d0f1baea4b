package io.latchkey;

import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** Makes {@link Latchkey} available from every Keycloak session; server options are {@code --spi-latchkey--default--...}. */
public final class LatchkeySpi implements Spi {

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
        return Latchkey.class;
    }

    @Override
    public Class<? extends ProviderFactory<Latchkey>> getProviderFactoryClass() {
        return LatchkeyFactory.class;
    }
}
