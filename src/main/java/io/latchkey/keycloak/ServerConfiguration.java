package io.latchkey.keycloak;

import org.eclipse.microprofile.config.ConfigProvider;

/** The configuration of the server beyond the options of one provider (26.7: MicroProfile Config, prefix {@code kc.}). */
public final class ServerConfiguration {

    private ServerConfiguration() {}

    /** Names of all properties, whatever source they come from. */
    public static Iterable<String> names() {
        return ConfigProvider.getConfig().getPropertyNames();
    }
}
