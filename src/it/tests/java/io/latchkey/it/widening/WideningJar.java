package io.latchkey.it.widening;

import io.latchkey.it.ProviderJar;
import java.nio.file.Path;
import java.util.List;
import org.keycloak.protocol.oidc.token.TokenPostProcessorFactory;

/** Packs some of these factories as a provider jar. */
public final class WideningJar {

    private WideningJar() {}

    @SafeVarargs
    public static Path pack(Path jar, Class<? extends WideningFactory>... factories) {
        return ProviderJar.pack(
                jar,
                TokenPostProcessorFactory.class,
                List.of(factories),
                List.of(WideningFactory.class, WideningProcessor.class));
    }
}
