package dev.steward.process;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names of instances as plain ASCII without a character that means anything to a file system; two names never become the same. */
final class SafeName {
    private static final int LONGEST_FILE = 200;
    private static final int KEPT = 160;

    private SafeName() {}

    /** Letters, digits, {@code -}, {@code _} and inner dots stay, every other byte of its UTF-8 becomes {@code %} and two digits. */
    static String encode(String name) {
        var text = new StringBuilder(name.length() + 8);
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (isPlain(c) || (c == '.' && !text.isEmpty())) {
                text.append(c);
            } else {
                text.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return text.toString();
    }

    /** @throws IllegalArgumentException if the text is not from {@link #encode} */
    static String decode(String text) {
        var bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                if (i + 3 > text.length()) {
                    throw new IllegalArgumentException("not an encoded name: " + text);
                }
                bytes.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
                i += 2;
            } else {
                bytes.write(c);
            }
        }
        String name = bytes.toString(StandardCharsets.UTF_8);
        if (name.isEmpty() || !encode(name).equals(text)) {
            throw new IllegalArgumentException("not an encoded name: " + text);
        }
        return name;
    }

    /** The same, short enough for the name of a file: what is too long ends in a digest of the whole. */
    static String forFile(String name) {
        String text = encode(name);
        return text.length() <= LONGEST_FILE ? text : text.substring(0, KEPT) + "%~" + digest(name);
    }

    private static boolean isPlain(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }

    private static String digest(String name) {
        try {
            byte[] all = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(all, 0, 16);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
