package io.latchkey.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.latchkey.it.ApiClient.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;

/** Looks into tokens without asking whether they are genuine. */
public final class AccessTokens {

    private static final ObjectMapper JSON = new ObjectMapper();

    private AccessTokens() {}

    /** The claims of the access token in a token response. */
    public static JsonNode claims(Answer tokenResponse) {
        return claims(tokenResponse.text("access_token"));
    }

    public static JsonNode claims(String jwt) {
        return part(jwt, 1);
    }

    static JsonNode header(String jwt) {
        return part(jwt, 0);
    }

    private static JsonNode part(String jwt, int index) {
        try {
            return JSON.readTree(Base64.getUrlDecoder().decode(jwt.split("\\.")[index]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
