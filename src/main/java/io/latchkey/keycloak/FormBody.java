package io.latchkey.keycloak;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.core.multipart.FormData;

/**
 * Parses a form that a resource method received as bytes, and presents it to Keycloak's client authenticators. The
 * server's own form reader finds an empty body at that point (RESTEasy Reactive of 26.7: {@code FormBodyHandler}).
 */
public final class FormBody {

    private static final int MOST_PARAMETERS = 100;

    private FormBody() {}

    /**
     * Has {@code HttpRequest.getDecodedFormParameters} answer with what is in the body.
     *
     * @return false when it is no form of at most a hundred parameters
     */
    public static boolean present(byte[] body) {
        Optional<FormData> form = parse(new String(body, StandardCharsets.UTF_8));
        form.ifPresent(data -> ((ResteasyReactiveRequestContext) CurrentRequestManager.get()).setFormData(data));
        return form.isPresent();
    }

    static Optional<FormData> parse(String body) {
        FormData data = new FormData(MOST_PARAMETERS);
        String[] pairs = body.isEmpty() ? new String[0] : body.split("&", MOST_PARAMETERS + 1);
        if (pairs.length > MOST_PARAMETERS) {
            return Optional.empty();
        }
        try {
            for (String pair : pairs) {
                int equals = pair.indexOf('=');
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                data.add(decoded(equals < 0 ? pair : pair.substring(0, equals)), decoded(value));
            }
            return Optional.of(data);
        } catch (IllegalArgumentException brokenEscape) {
            return Optional.empty();
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
