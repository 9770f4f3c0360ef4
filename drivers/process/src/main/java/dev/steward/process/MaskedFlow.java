package dev.steward.process;

import java.nio.charset.StandardCharsets;

/**
 * Hides secrets in a stream of bytes that comes in pieces: what may be the beginning of one is kept back until more is known. Not safe for use
 * by many threads.
 */
final class MaskedFlow {
    private final Mask mask;
    private String kept = "";
    private int unsure;

    MaskedFlow(Mask mask) {
        this.mask = mask;
    }

    /** Begins anew in the middle of something: the first {@code unsure} bytes may be the rest of a secret, and are not shown. */
    void restart(int unsure) {
        this.kept = "";
        this.unsure = unsure;
    }

    /** What may be shown of the bytes, and of those before. */
    byte[] next(byte[] bytes, int count) {
        return show(kept + new String(bytes, 0, count, StandardCharsets.ISO_8859_1), false);
    }

    /** What was kept back, when nothing follows. */
    byte[] rest() {
        return show(kept, true);
    }

    private byte[] show(String text, boolean last) {
        var shown = new StringBuilder(text.length());
        int done = mask.show(text, last, shown);
        kept = text.substring(done);
        int hidden = Math.min(unsure, shown.length());
        unsure -= hidden;
        return shown.substring(hidden).getBytes(StandardCharsets.ISO_8859_1);
    }
}
