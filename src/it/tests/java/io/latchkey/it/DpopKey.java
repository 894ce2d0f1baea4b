package io.latchkey.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** The key pair of a caller that proves possession (RFC 9449). */
final class DpopKey {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int COORDINATE = 32;

    private final KeyPair pair;

    DpopKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            pair = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A proof for one request to fetch a token. */
    String proof(String method, String url) {
        return proof(method, url, Map.of());
    }

    /** A proof for one request with a token that is bound to this key. */
    String proof(String method, String url, String accessToken) {
        return proof(method, url, Map.of("ath", base64(sha256(accessToken))));
    }

    /** What {@code cnf.jkt} of a bound token says (RFC 7638). */
    String thumbprint() {
        return base64(sha256(json(new TreeMap<>(jwk()))));
    }

    private String proof(String method, String url, Map<String, Object> more) {
        Map<String, Object> claims = new LinkedHashMap<>(more);
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("htm", method);
        claims.put("htu", url);
        claims.put("iat", Instant.now().getEpochSecond());
        String header = json(Map.of("typ", "dpop+jwt", "alg", "ES256", "jwk", jwk()));
        String text = base64(header.getBytes(StandardCharsets.UTF_8)) + "."
                + base64(json(claims).getBytes(StandardCharsets.UTF_8));
        return text + "." + base64(sign(text));
    }

    private Map<String, String> jwk() {
        ECPublicKey key = (ECPublicKey) pair.getPublic();
        return Map.of(
                "kty",
                "EC",
                "crv",
                "P-256",
                "x",
                coordinate(key.getW().getAffineX()),
                "y",
                coordinate(key.getW().getAffineY()));
    }

    private static String coordinate(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] exact = new byte[COORDINATE];
        int length = Math.min(bytes.length, COORDINATE);
        System.arraycopy(bytes, bytes.length - length, exact, COORDINATE - length, length);
        return base64(exact);
    }

    private byte[] sign(String text) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(pair.getPrivate());
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
