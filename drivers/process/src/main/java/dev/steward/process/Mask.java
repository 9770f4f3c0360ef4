package dev.steward.process;

import dev.steward.instance.Secret;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Hides secrets in what a program has written, before it is cut into lines: a secret that a cut went through, or that has several lines,
 * could not be found any more. Immutable.
 */
final class Mask {
    /** Names of secret variables, in the environment of a program that has some. */
    static final String SECRETS = "STEWARD_SECRETS";

    static final Mask NONE = new Mask(List.of());

    /** Hides nothing either, because nobody knows what: what it would be applied to must not be shown. */
    static final Mask UNKNOWN = new Mask(List.of());

    private static final Pattern COMMA = Pattern.compile(",");

    private final List<String> hidden;

    private Mask(List<String> hidden) {
        this.hidden = hidden;
    }

    static Mask of(Collection<Secret> secrets) {
        if (secrets.isEmpty()) {
            return NONE;
        }
        return ofBytes(secrets.stream()
                .map(secret -> oneCharacterPerByte(secret.reveal().getBytes(StandardCharsets.UTF_8))));
    }

    /**
     * For a program that another driver has launched: its environment says which of its variables are secret.
     *
     * @param environment as the kernel shows it; null if it does not
     * @return {@link #UNKNOWN} if that does not tell, because the program has overwritten it
     */
    static Mask inherited(byte @Nullable [] environment) {
        if (environment == null) {
            return UNKNOWN;
        }
        Map<String, String> variables = new HashMap<>();
        for (String variable : oneCharacterPerByte(environment).split("\0", -1)) {
            int at = variable.indexOf('=');
            if (at > 0) {
                variables.putIfAbsent(variable.substring(0, at), variable.substring(at + 1));
            }
        }
        if (!variables.containsKey(Marks.LIFE)) {
            return UNKNOWN;
        }
        String names = variables.getOrDefault(SECRETS, "");
        return names.isEmpty()
                ? NONE
                : ofBytes(COMMA.splitAsStream(names).map(name -> variables.getOrDefault(bytesOf(name), "")));
    }

    /** What a program carries in its environment, so that a driver that comes later can hide the same; only if there are any. */
    static Map<String, String> variables(Set<String> secrets) {
        String names = secrets.stream().map(SafeName::encode).sorted().collect(Collectors.joining(","));
        return names.isEmpty() ? Map.of() : Map.of(SECRETS, names);
    }

    private static String bytesOf(String encoded) {
        try {
            return oneCharacterPerByte(SafeName.decode(encoded).getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException notOfOurMaking) {
            return "";
        }
    }

    private static Mask ofBytes(Stream<String> secrets) {
        return new Mask(secrets.filter(secret -> !secret.isEmpty())
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

    /**
     * Hides what can be told of a text that goes on later.
     *
     * @param text one character for each byte
     * @param last whether nothing follows
     * @param shown takes what may be shown
     * @return from where the text must be asked for again, because a secret may begin there; its length if none does
     */
    int show(String text, boolean last, StringBuilder shown) {
        int at = 0;
        while (at < text.length()) {
            int next = at;
            for (String secret : hidden) { // the longest first
                if (text.startsWith(secret, at)) {
                    next = at + secret.length();
                    break;
                }
                int rest = text.length() - at;
                if (!last && rest < secret.length() && secret.regionMatches(0, text, at, rest)) {
                    return at;
                }
            }
            if (next > at) {
                shown.append("***");
                at = next;
            } else {
                shown.append(text.charAt(at++));
            }
        }
        return at;
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
