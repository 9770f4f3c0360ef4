package dev.steward.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.io.BaseEncoding;
import java.util.Arrays;

/** The bytes of a record. Immutable; compared by content. {@link RecordType} makes them from values and back. */
public final class RecordValue {
    private static final int SHOWN = 8;

    private final byte[] bytes;

    private RecordValue(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A copy of {@code bytes}. */
    public static RecordValue of(byte... bytes) {
        return new RecordValue(bytes.clone());
    }

    /** The bytes of a text in UTF-8. */
    public static RecordValue utf8(String text) {
        return new RecordValue(text.getBytes(UTF_8));
    }

    /** How many bytes. */
    public int size() {
        return bytes.length;
    }

    /** A copy of the bytes. */
    public byte[] toByteArray() {
        return bytes.clone();
    }

    /** The bytes, read as UTF-8; what is none shows as U+FFFD. */
    public String toUtf8() {
        return new String(bytes, UTF_8);
    }

    /** The bytes themselves, for readers of this package that do not write. */
    byte[] shared() {
        return bytes;
    }

    /** These very bytes, for writers of this package that forget them. */
    static RecordValue owning(byte[] bytes) {
        return new RecordValue(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecordValue value && Arrays.equals(bytes, value.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** How many bytes, and the first of them in hexadecimal: at most eight, and at most half, for the value may be a secret. */
    @Override
    public String toString() {
        int shown = Math.min(SHOWN, bytes.length / 2);
        return bytes.length + " bytes"
                + (shown == 0 ? "" : " " + BaseEncoding.base16().encode(bytes, 0, shown) + "…");
    }
}
