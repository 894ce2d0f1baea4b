package io.latchkey.bench;

import io.latchkey.key.KeyGenerator;
import io.latchkey.key.KeyHash;
import io.latchkey.key.KeyHasher;
import io.latchkey.key.KeyKind;
import io.latchkey.key.KeyPrefix;
import io.latchkey.key.Peppers;
import io.latchkey.key.PresentedKey;
import io.latchkey.verify.KeyUseRequest;
import io.latchkey.verify.KeyVerifier;
import io.latchkey.verify.Verification;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.keycloak.models.RealmModel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Measures the work on a key without a server. JMH makes a subclass of it, so it cannot be final. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class KeyBenchmarks {

    private final KeyGenerator generator = new KeyGenerator(new SecureRandom());
    private final KeyPrefix prefix = new KeyPrefix("bench", KeyKind.SECRET, Optional.empty());
    private final KeyHasher hasher = new KeyHasher(Peppers.parse(BenchServer.PEPPERS));
    private final KeyHasher unpeppered = new KeyHasher(Peppers.none());

    private final KeyPair pair = pair();
    private final byte[] token = new byte[900];

    private PresentedKey key;
    private String text;
    private String mistyped;
    private KeyHash hash;
    private KeyHash plain;
    private RealmModel realm;
    private KeyVerifier verifier;
    private KeyUseRequest request;

    /** Makes the key that all of them look at. */
    @Setup
    public void prepare() {
        key = generator.generate(prefix);
        text = key.secret().reveal();
        int last = text.length() - 1;
        mistyped = text.substring(0, last) + (text.charAt(last) == '0' ? '1' : '0');
        hash = hasher.hash(key.secret());
        plain = unpeppered.hash(key.secret());
        InMemoryKeys keys = new InMemoryKeys(key, hasher);
        realm = keys.realm();
        verifier = keys.verifier(hasher);
        request = KeyUseRequest.of(text, Optional.of("192.0.2.1"), Optional.empty());
        if (!(verify() instanceof Verification.Accepted)) {
            throw new IllegalStateException("The key is not accepted");
        }
    }

    /** Length, alphabet, checksum and prefix of a right key. */
    @Benchmark
    public Optional<PresentedKey> parse() {
        return PresentedKey.parse(text);
    }

    /** Refused by the checksum, whose last character is wrong. */
    @Benchmark
    public Optional<PresentedKey> checksum() {
        return PresentedKey.parse(mistyped);
    }

    /** HMAC-SHA-256 with a pepper. */
    @Benchmark
    public KeyHasher.Match hashMatch() {
        return hasher.match(key.secret(), hash);
    }

    /** SHA-256 without one. */
    @Benchmark
    public KeyHasher.Match plainHashMatch() {
        return unpeppered.match(key.secret(), plain);
    }

    /** A whole verification, with key and owner in memory. */
    @Benchmark
    public Verification verify() {
        return verifier.verify(realm, request);
    }

    /** A new key. */
    @Benchmark
    public PresentedKey generate() {
        return generator.generate(prefix);
    }

    /** What every fresh token costs at least: an RS256 signature, as long a text as a token has. */
    @Benchmark
    public byte[] signature() throws GeneralSecurityException {
        Signature rs256 = Signature.getInstance("SHA256withRSA");
        rs256.initSign(pair.getPrivate());
        rs256.update(token);
        return rs256.sign();
    }

    private static KeyPair pair() {
        try {
            KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
            rsa.initialize(2048);
            return rsa.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
