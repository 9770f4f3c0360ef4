package dev.steward.process;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/**
 * Searches the complete lines of a file that grows, and is set aside when it is large, each of them once: the next search goes on where this
 * one ended, and what was found stays found. Of a line that is longer than 16 KiB the beginning is searched. Safe for use by many threads.
 */
final class LineSearch {
    private static final int LONGEST = 16 * 1024;
    private static final int CHUNK = 32 * 1024;

    private final LinePattern wanted;
    private long next;
    private boolean inside;
    private boolean beginsWell;
    private boolean found;

    /** @param from where to begin */
    LineSearch(LinePattern wanted, long from) {
        this.wanted = wanted;
        this.next = from;
    }

    /**
     * Searches what is there now.
     *
     * @throws IOException if the file is not there or cannot be read, or the thread is interrupted
     */
    synchronized boolean find(OutputsOf.Part part) throws IOException {
        if (!found) {
            if (!Files.isRegularFile(part.file(), NOFOLLOW_LINKS)) {
                throw new IOException("no file " + part.file()); // and to open a pipe would wait for a writer
            }
            search(part);
        }
        return found;
    }

    private void search(OutputsOf.Part part) throws IOException {
        byte[] chunk = new byte[CHUNK];
        byte[] line = new byte[LONGEST];
        int length = 0;
        long at = next;
        while (!found) {
            OutputFolder.Read read = part.folder().read(part.file(), at, chunk);
            long begin = read.next() - read.bytes();
            if (begin != at) { // cut by somebody else, or more than once: what is there now is newer
                at = begin;
                next = begin;
                inside = false;
                length = 0;
            }
            if (read.bytes() == 0) {
                return;
            }
            for (int i = 0; i < read.bytes() && !found; i++) {
                byte one = chunk[i];
                at++;
                if (one == '\n') {
                    complete(line, length, at);
                    length = 0;
                } else if (inside) {
                    next = at;
                } else if (length < LONGEST) {
                    line[length++] = one;
                } else {
                    tooLong(line, at);
                    length = 0;
                }
            }
        }
    }

    private void complete(byte[] line, int length, long at) {
        found = inside ? beginsWell : matches(line, length);
        inside = false;
        next = at;
    }

    private void tooLong(byte[] line, long at) {
        beginsWell = matches(line, LONGEST);
        inside = true;
        next = at;
    }

    private boolean matches(byte[] line, int length) {
        int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        return wanted.isIn(new String(line, 0, end, StandardCharsets.UTF_8));
    }
}
