package dev.steward.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.time.Instant;

/** Takes the fields of a record, one after the other. Given to the encoder of a {@link RecordType}; not safe for use by many threads. */
public final class RecordOutput {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);

    RecordOutput() {}

    void octet(int value) {
        bytes.write(value);
    }

    /** A whole number; small ones, of either sign, take one byte. */
    public RecordOutput number(long value) {
        long zigzag = (value << 1) ^ (value >> 63);
        while ((zigzag & ~0x7FL) != 0) {
            bytes.write(((int) zigzag & 0x7F) | 0x80);
            zigzag >>>= 7;
        }
        bytes.write((int) zigzag);
        return this;
    }

    /** Yes or no. */
    public RecordOutput flag(boolean value) {
        bytes.write(value ? 1 : 0);
        return this;
    }

    /** A text; what is not well-formed Unicode in it is written as {@code ?}. */
    public RecordOutput text(String value) {
        byte[] utf8 = value.getBytes(UTF_8);
        number(utf8.length);
        bytes.write(utf8, 0, utf8.length);
        return this;
    }

    /** A constant of an enum, by its name; so the order of constants may change, and a name may not. */
    public RecordOutput constant(Enum<?> value) {
        return text(value.name());
    }

    /** A moment of the wall clock, to the nanosecond. */
    public RecordOutput instant(Instant value) {
        return number(value.getEpochSecond()).number(value.getNano());
    }

    RecordValue toValue() {
        return RecordValue.owning(bytes.toByteArray());
    }
}
