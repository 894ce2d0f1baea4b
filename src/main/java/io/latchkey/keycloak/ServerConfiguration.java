package io.latchkey.keycloak;

import org.eclipse.microprofile.config.ConfigProvider;

/** Lists the names of all configuration properties of the server (26.7: MicroProfile Config, prefix {@code kc.}). */
public final class ServerConfiguration {

    private ServerConfiguration() {}

    /** Names of all properties, whatever source they come from. */
    public static Iterable<String> names() {
        return ConfigProvider.getConfig().getPropertyNames();
    }
}
