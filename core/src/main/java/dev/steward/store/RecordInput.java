package dev.steward.store;

import static com.google.common.base.Preconditions.checkArgument;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Gives the fields of a record, in the order in which they were written. Given to the decoder of a {@link RecordType}; not safe for use by many
 * threads. What is not there, or is not what it is asked for, is an {@link IllegalArgumentException}, whatever the bytes.
 */
public final class RecordInput {
    private final byte[] bytes;
    private int at;
    private int version;

    RecordInput(RecordValue value) {
        bytes = value.shared();
    }

    void startFields(int of) {
        version = of;
    }

    /** The version of the type that wrote the fields. */
    public int version() {
        return version;
    }

    int octet() {
        checkArgument(at < bytes.length, "it ends after %s bytes", at);
        return bytes[at++] & 0xFF;
    }

    /** A whole number. */
    public long number() {
        long zigzag = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int octet = octet();
            checkArgument(shift < 63 || octet <= 1, "no number at %s", at);
            zigzag |= (long) (octet & 0x7F) << shift;
            if (octet < 0x80) {
                return (zigzag >>> 1) ^ -(zigzag & 1);
            }
        }
        throw new IllegalArgumentException("no number at " + at);
    }

    /** Yes or no. */
    public boolean flag() {
        int octet = octet();
        checkArgument(octet <= 1, "no flag at %s: %s", at - 1, octet);
        return octet == 1;
    }

    /** A text. */
    public String text() {
        long length = number();
        checkArgument(
                length >= 0 && length <= bytes.length - at, "a text of %s bytes at %s of %s", length, at, bytes.length);
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, at, (int) length))
                    .toString();
            at += (int) length;
            return text;
        } catch (CharacterCodingException malformed) {
            throw new IllegalArgumentException("no UTF-8 at " + at, malformed);
        }
    }

    /** A constant of an enum, by its name. */
    public <E extends Enum<E>> E constant(Class<E> type) {
        return Enum.valueOf(type, text());
    }

    /** A moment of the wall clock. */
    public Instant instant() {
        long seconds = number();
        return Instant.ofEpochSecond(seconds, number());
    }

    void checkEnd() {
        checkArgument(at == bytes.length, "%s bytes more than its fields", bytes.length - at);
    }
}
