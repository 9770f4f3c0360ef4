package dev.steward.process;

import dev.steward.instance.Secret;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Hides secrets in what a program has written, before it is cut into lines: a secret that a cut went through, or that has several lines,
 * could not be found any more. Immutable.
 */
final class Mask {
    static final Mask NONE = new Mask(List.of());

    private final List<String> hidden;

    private Mask(List<String> hidden) {
        this.hidden = hidden;
    }

    static Mask of(Collection<Secret> secrets) {
        return new Mask(secrets.stream()
                .map(secret -> oneCharacterPerByte(secret.reveal().getBytes(StandardCharsets.UTF_8)))
                .filter(secret -> !secret.isEmpty())
                .sorted(Comparator.comparingInt(secret -> -secret.length())) // one may be part of another
                .toList());
    }

    /** How many bytes of a text can belong to a secret that began before it. */
    int reach() {
        return hidden.isEmpty() ? 0 : hidden.get(0).length() - 1;
    }

    /** The bytes without any secret, and without the first {@code reach}, which may be the rest of one. */
    byte[] apply(byte[] bytes, int reach) {
        String text = oneCharacterPerByte(bytes);
        for (String secret : hidden) {
            text = text.replace(secret, "***");
        }
        byte[] masked = text.getBytes(StandardCharsets.ISO_8859_1);
        return Arrays.copyOfRange(masked, Math.min(reach, masked.length), masked.length);
    }

    private static String oneCharacterPerByte(byte[] bytes) {
        Charset plain = StandardCharsets.ISO_8859_1;
        return new String(bytes, plain);
    }

    /** Shows nothing. */
    @Override
    public String toString() {
        return "Mask";
    }
}
