package dev.gradc.build;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A short text that stands for many: equal if all that was added is equal, in this order, and else different. */
final class Fingerprint {

    private final MessageDigest digest;

    Fingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** That of a single content. */
    static String of(byte[] content) {
        return new Fingerprint().add(content).finish();
    }

    Fingerprint add(byte[] content) {
        // The length keeps "ab", "c" apart from "a", "bc".
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(content.length).flip());
        digest.update(content);
        return this;
    }

    Fingerprint add(String text) {
        return add(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The fingerprint, after which nothing can be added. */
    String finish() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
