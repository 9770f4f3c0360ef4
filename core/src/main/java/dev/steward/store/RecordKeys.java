package dev.steward.store;

import static com.google.common.base.Preconditions.checkArgument;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.base.CharMatcher;
import java.util.Locale;

/**
 * What a key may be, the same for every store: segments between slashes, of ASCII letters, digits and {@code - _ . ~ @ + = , : %}; none
 * empty, {@code .} or {@code ..}; {@value #LONGEST_SEGMENT} characters a segment, {@value #LONGEST} in all. Keys compare by their
 * characters, with case.
 *
 * <p>A name of any other kind becomes a segment by {@link #segment}, which is how {@link RecordType} makes its keys: so no name that
 * comes from outside can leave its place.
 */
public final class RecordKeys {
    /** The most characters of a key. */
    public static final int LONGEST = 512;

    /** The most characters of a segment. */
    public static final int LONGEST_SEGMENT = 255;

    private static final CharMatcher PLAIN = CharMatcher.inRange('a', 'z')
            .or(CharMatcher.inRange('A', 'Z'))
            .or(CharMatcher.inRange('0', '9'))
            .or(CharMatcher.anyOf("-_.~@+=,:"))
            .precomputed();
    private static final CharMatcher SEGMENT = PLAIN.or(CharMatcher.is('%')).precomputed();

    private RecordKeys() {}

    /**
     * Answers {@code key} if it is one.
     *
     * @throws IllegalArgumentException if it is not; the message says why, with the key
     */
    public static String check(String key) {
        return check(key, "key");
    }

    /**
     * Answers {@code prefix} if it is one: empty for all keys, else whole segments, each followed by a slash.
     *
     * @throws IllegalArgumentException if it is not; the message says why, with the prefix
     */
    public static String checkPrefix(String prefix) {
        checkArgument(
                prefix.isEmpty() || prefix.endsWith("/"), "prefix does not end with a slash: \"%s\"", shown(prefix));
        if (!prefix.isEmpty()) {
            check(prefix.substring(0, prefix.length() - 1), "prefix");
        }
        return prefix;
    }

    private static String check(String key, String what) {
        checkArgument(!key.isEmpty(), "%s is empty", what);
        checkArgument(
                key.length() <= LONGEST,
                "%s has %s characters, more than %s: \"%s\"",
                what,
                key.length(),
                LONGEST,
                shown(key));
        int from = 0;
        for (int at = 0; at <= key.length(); at++) {
            if (at == key.length() || key.charAt(at) == '/') {
                checkSegment(key, what, from, at);
                from = at + 1;
            } else if (!SEGMENT.matches(key.charAt(at))) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT, "%s has U+%04X at %d: \"%s\"", what, (int) key.charAt(at), at, shown(key)));
            }
        }
        return key;
    }

    private static void checkSegment(String key, String what, int from, int to) {
        int length = to - from;
        checkArgument(length > 0, "%s has an empty segment at %s: \"%s\"", what, from, shown(key));
        checkArgument(
                length <= LONGEST_SEGMENT,
                "%s has a segment of %s characters, more than %s: \"%s\"",
                what,
                length,
                LONGEST_SEGMENT,
                shown(key));
        boolean dots = key.charAt(from) == '.' && (length == 1 || (length == 2 && key.charAt(from + 1) == '.'));
        checkArgument(!dots, "%s has a segment of dots at %s: \"%s\"", what, from, shown(key));
    }

    /**
     * A name of any characters as one segment: what a segment cannot hold becomes {@code %} and two hexadecimal digits for each byte of
     * its UTF-8. Different names have different segments.
     *
     * @throws IllegalArgumentException if the name is empty, is not well-formed Unicode, or its segment would be too long
     */
    public static String segment(String name) {
        checkArgument(!name.isEmpty(), "name is empty");
        String escaped = PLAIN.matchesAllOf(name) ? name : escape(name);
        if (escaped.equals(".") || escaped.equals("..")) {
            escaped = escaped.replace(".", "%2E");
        }
        checkArgument(
                escaped.length() <= LONGEST_SEGMENT,
                "name takes %s characters as a segment, more than %s: \"%s\"",
                escaped.length(),
                LONGEST_SEGMENT,
                shown(escaped));
        return escaped;
    }

    private static String escape(String name) {
        StringBuilder escaped = new StringBuilder(name.length() + 16);
        byte[] bytes = name.getBytes(UTF_8);
        checkArgument(new String(bytes, UTF_8).equals(name), "name is not well-formed Unicode: \"%s\"", shown(name));
        for (byte each : bytes) {
            char plain = (char) (each & 0xFF);
            if (PLAIN.matches(plain)) {
                escaped.append(plain);
            } else {
                escaped.append(String.format(Locale.ROOT, "%%%02X", (int) plain));
            }
        }
        return escaped.toString();
    }

    /**
     * The name that became {@code segment}.
     *
     * @throws IllegalArgumentException if no name becomes it; so two different keys never have the same name
     */
    public static String name(String segment) {
        String name = segment.indexOf('%') < 0 ? segment : unescape(segment);
        checkArgument(
                !name.isEmpty() && segment.equals(segment(name)), "no name becomes the segment \"%s\"", shown(segment));
        return name;
    }

    private static String unescape(String segment) {
        byte[] bytes = new byte[segment.length()];
        int size = 0;
        for (int at = 0; at < segment.length(); at++) {
            int high = segment.charAt(at) == '%' && at + 2 < segment.length() ? digit(segment, at + 1) : -1;
            int low = high < 0 ? -1 : digit(segment, at + 2);
            if (low >= 0) {
                bytes[size++] = (byte) (high << 4 | low);
                at += 2;
            } else {
                bytes[size++] = (byte) segment.charAt(at);
            }
        }
        return new String(bytes, 0, size, UTF_8);
    }

    private static int digit(String segment, int at) {
        return Character.digit(segment.charAt(at), 16);
    }

    /** The text for a message, made only if the message is. */
    private static Object shown(String text) {
        return new Shown(text);
    }

    private record Shown(String text) {
        @Override
        public String toString() {
            String start = text.length() <= 80 ? text : text.substring(0, 80) + "…";
            StringBuilder shown = new StringBuilder(start.length());
            for (int at = 0; at < start.length(); at++) {
                char each = start.charAt(at);
                boolean harmless = (each >= ' ' && each < 0x7F) || each == '…';
                shown.append(harmless ? String.valueOf(each) : String.format(Locale.ROOT, "\\u%04X", (int) each));
            }
            return shown.toString();
        }
    }
}
