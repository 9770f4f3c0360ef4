package dev.steward.store;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * One kind of record: where it stands, and how a value becomes bytes and back. Immutable, safe for use by many threads.
 *
 * <p>The bytes are of a format of Steward's own: one byte for the format (1), the version of the type, then the fields in the order in which the
 * encoder wrote them ({@link RecordOutput}). A decoder is told the version that wrote, so it reads what earlier versions of the software
 * left; what a later one wrote is a {@link RecordFormatException}, and stays as it is.
 *
 * @param <T> the values
 */
public final class RecordType<T> {
    private static final int FORMAT = 1;

    private final String prefix;
    private final int version;
    private final BiConsumer<? super T, ? super RecordOutput> encoder;
    private final Function<? super RecordInput, ? extends T> decoder;

    private RecordType(
            String prefix,
            int version,
            BiConsumer<? super T, ? super RecordOutput> encoder,
            Function<? super RecordInput, ? extends T> decoder) {
        this.prefix = prefix;
        this.version = version;
        this.encoder = encoder;
        this.decoder = decoder;
    }

    /**
     * A type of records.
     *
     * @param prefix what its keys begin with, such as {@code target/}; not empty
     * @param version the version of its fields, from 1; one more whenever they change
     * @param encoder writes the fields of a value
     * @param decoder reads them, of this version and of every earlier one; what it throws shows as a {@link RecordFormatException}
     * @throws IllegalArgumentException if the prefix is none, or the version is below 1
     */
    public static <T> RecordType<T> of(
            String prefix,
            int version,
            BiConsumer<? super T, ? super RecordOutput> encoder,
            Function<? super RecordInput, ? extends T> decoder) {
        checkArgument(!RecordKeys.checkPrefix(prefix).isEmpty(), "a type has a prefix of its own");
        checkArgument(version >= 1, "%s: version is below 1: %s", prefix, version);
        return new RecordType<>(prefix, version, encoder, decoder);
    }

    /** What its keys begin with. */
    public String prefix() {
        return prefix;
    }

    /**
     * The key of the record of a name.
     *
     * @param name any text; slashes and the like are escaped
     * @throws IllegalArgumentException if it is empty, or too long for a key
     */
    public String key(String name) {
        return RecordKeys.check(prefix + RecordKeys.segment(name));
    }

    /**
     * The name of the record of a key.
     *
     * @throws IllegalArgumentException if the key is none of this type
     */
    public String name(String key) {
        checkArgument(key.startsWith(prefix), "%s is not below %s", key, prefix);
        return RecordKeys.name(key.substring(prefix.length()));
    }

    /** The bytes of a value. */
    public RecordValue encode(T value) {
        RecordOutput output = new RecordOutput();
        output.octet(FORMAT);
        output.number(version);
        encoder.accept(value, output);
        return output.toValue();
    }

    /**
     * The value of a record.
     *
     * @throws RecordFormatException if the record is of a newer version, or is none of this type
     */
    public T decode(Versioned record) {
        RecordInput input = new RecordInput(record.value());
        try {
            int format = input.octet();
            if (format > FORMAT) {
                throw new RecordFormatException(
                        record.key(), "its format is " + format + ", newer than " + FORMAT, true, null);
            }
            checkArgument(format == FORMAT, "its format is %s, which no version has written", format);
            long found = input.number();
            checkArgument(found >= 1, "its version is %s", found);
            if (found > version) {
                throw new RecordFormatException(
                        record.key(), "its version is " + found + ", newer than " + version, true, null);
            }
            input.startFields((int) found);
            T value = decoder.apply(input);
            input.checkEnd();
            return value;
        } catch (RecordFormatException newer) {
            throw newer;
        } catch (RuntimeException unreadable) {
            throw new RecordFormatException(
                    record.key(),
                    "cannot be read: " + unreadable.getMessage() + " (" + record.value() + ")",
                    false,
                    unreadable);
        }
    }

    @Override
    public String toString() {
        return prefix + " (version " + version + ")";
    }
}
